package dev.nofate.cli.gateway;

import dev.nofate.cli.CommandFailure;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the development gateway until it is ended. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the development gateway alone, in the foreground.",
      "The command up starts it as a part of the stack.",
      "Only public paths are forwarded. /internal, health and metrics are answered with 404."
    })
public final class GatewayCommand implements Callable<Integer> {

  private static final int START_SECONDS = 10;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "Port on 127.0.0.1. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--gate",
      required = true,
      paramLabel = "<url>",
      description = "Base URL of gate-service.")
  private URI gate;

  @Option(
      names = "--audit",
      required = true,
      paramLabel = "<url>",
      description = "Base URL of audit-service.")
  private URI audit;

  @Option(
      names = "--billing",
      required = true,
      paramLabel = "<url>",
      description = "Base URL of billing-service.")
  private URI billing;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    GatewaySettings settings =
        new GatewaySettings(port, gate, audit, billing, GatewaySettings.ANSWER_TIMEOUT);
    try {
      int actual =
          new Gateway(vertx, settings, GatewayTrace.of(System.getenv()))
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_SECONDS, TimeUnit.SECONDS);
      out.printf("The gateway listens on http://127.0.0.1:%d%n", actual);
      out.flush();
    } catch (ExecutionException | TimeoutException e) {
      throw new CommandFailure(
          "the gateway cannot listen on port " + port + ": " + e.getMessage(), e);
    }
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
    ended.await();
    return 0;
  }
}
