package dev.nofate.cli.load;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.ServiceToken;
import dev.nofate.cli.stack.StackFile;
import dev.nofate.embedded.DatabaseUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the running stack. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the running stack.",
      "Prints throughput and latency of evaluations, beside durable single-row inserts made on the same Postgres at the "
          + "same concurrency in the same run, and the ratio of both."
    },
    footer = {"", "Exit code 1 when anything but a 200 with the expected state came back."})
public final class LoadCommand implements Callable<Integer> {

  private static final List<Integer> PUBLISHED = List.of(200, 201);
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

  /** 100 million: about 50 GiB with their indexes. */
  private static final long MOST_EXISTING = 100_000_000;

  @Option(
      names = "--concurrency",
      defaultValue = "32",
      description = "Requests under way at any time. Default: ${DEFAULT-VALUE}.")
  private int concurrency;

  @Option(
      names = "--duration",
      defaultValue = "PT30S",
      paramLabel = "<ISO-8601>",
      description = "Measured time. Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Option(
      names = "--warmup",
      defaultValue = "PT30S",
      paramLabel = "<ISO-8601>",
      description = "Time in front that is not measured. Default: ${DEFAULT-VALUE}.")
  private Duration warmUp;

  @Option(
      names = "--audit",
      description =
          "Measure the audit log alone: appends to one chain, each with the events of an evaluation, beside the "
              + "inserts, at each number of --callers.")
  private boolean audit;

  @Option(
      names = "--callers",
      defaultValue = "1,8,32",
      split = ",",
      description =
          "With --audit: how many callers, one after the other. Default: ${DEFAULT-VALUE}.")
  private List<Integer> callers;

  @Option(
      names = "--existing",
      defaultValue = "0",
      paramLabel = "<events>",
      description =
          "With --audit: fill a second chain with that many events first, and measure it as well. They stay in this "
              + "stack's database for good.")
  private long existing;

  @Option(names = "--direct", description = "Send to gate-service, not through the gateway.")
  private boolean direct;

  @Option(
      names = "--refused",
      description =
          "Measure what refusing costs: requests with unknown keys, alone and beside evaluations.")
  private boolean refused;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StackFile stack =
        StackFile.read(Home.fromEnvironment())
            .orElseThrow(() -> new CommandFailure("no stack runs here: nofate up starts one"));
    if (audit) {
      return measureAudit(stack);
    }
    LoadPlan plan = new LoadPlan(concurrency, warmUp, duration);
    String target = direct ? stack.services().get("gate-service").url() : stack.gatewayUrl();
    publish(target, stack.apiKey());
    if (refused) {
      return refusals(target, stack.apiKey(), plan);
    }
    Measurement evaluations = evaluate(target, plan, Keys.good(stack.apiKey())).get(0);
    Measurement inserts = new InsertLoad(superuser(stack), inserting(plan)).run();
    LoadReport report = LoadReport.of(target, plan, evaluations, inserts);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(report));
    } else {
      report.print(out);
    }
    out.flush();
    return report.isAsExpected() ? 0 : 1;
  }

  private int measureAudit(StackFile stack) {
    if (existing < 0 || existing > MOST_EXISTING) {
      throw new ParameterException(spec.commandLine(), "--existing is from 0 to " + MOST_EXISTING);
    }
    List<LoadPlan> plans =
        callers.stream().map(each -> new LoadPlan(each, warmUp, duration)).toList();
    Home home = Home.fromEnvironment();
    AuditReport report =
        new AuditLoad(
                stack.services().get("audit-service").url(),
                () -> ServiceToken.mint(home, "gate-service", TOKEN_LIFETIME),
                superuser(stack),
                new ProcessorTime(
                    List.of(
                        stack.services().get("audit-service").pid(),
                        stack.postgres().pid(),
                        ProcessHandle.current().pid())))
            .run(plans, existing);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(report));
    } else {
      report.print(out);
    }
    out.flush();
    return report.isAsExpected() ? 0 : 1;
  }

  /** Inserts need no warm-up of a JVM; a tenth fills the caches. */
  private static LoadPlan inserting(LoadPlan plan) {
    return new LoadPlan(plan.concurrency(), plan.warmUp().dividedBy(10), plan.duration());
  }

  private static void publish(String target, String apiKey) {
    ApiClient.Answer answer =
        new ApiClient(target, apiKey).post("/v1/rulesets", LoadRequest.ruleset(), Map.of());
    if (!PUBLISHED.contains(answer.status())) {
      throw new CommandFailure(
          "the load's ruleset was not published: %d %s".formatted(answer.status(), answer.text()));
    }
  }

  private int refusals(String target, String apiKey, LoadPlan plan) {
    Keys good = Keys.good(apiKey);
    Measurement accepted = evaluate(target, plan, good).get(0);
    Measurement alone = evaluate(target, plan, Keys.unknown()).get(0);
    List<Measurement> both = evaluate(target, plan, good, Keys.unknown());
    RefusalReport report =
        new RefusalReport(
            target,
            plan.concurrency(),
            plan.duration().toSeconds(),
            accepted,
            alone,
            both.get(0),
            both.get(1));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(report));
    } else {
      report.print(out);
    }
    out.flush();
    return report.isAsExpected() ? 0 : 1;
  }

  /** A load for each kind of keys, all at the same time. */
  private static List<Measurement> evaluate(String target, LoadPlan plan, Keys... kinds) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    try {
      CompletableFuture<List<Measurement>> measured = new CompletableFuture<>();
      vertx.runOnContext(
          start ->
              Future.all(
                      Arrays.stream(kinds)
                          .map(keys -> load(vertx, target, keys, plan).run())
                          .toList())
                  .onSuccess(all -> measured.complete(all.list()))
                  .onFailure(measured::completeExceptionally));
      return measured.get();
    } catch (ExecutionException e) {
      throw new CommandFailure("the load failed: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted under load", e);
    } finally {
      vertx.close();
    }
  }

  private static EvaluationLoad load(Vertx vertx, String target, Keys keys, LoadPlan plan) {
    return new EvaluationLoad(vertx, target, keys, new LoadRequest(Clock.systemUTC()), plan);
  }

  private static DatabaseUrl superuser(StackFile stack) {
    URI url = URI.create(stack.postgres().url());
    String[] login = url.getRawUserInfo().split(":", 2);
    return new DatabaseUrl(
        decode(login[0]),
        decode(login[1]),
        url.getHost(),
        url.getPort(),
        url.getPath().substring(1));
  }

  private static String decode(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
