package dev.nofate.cli.stack;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the stack. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the stack and waits until it is ready.",
      "That is Postgres, Redis, the five services and a gateway, as processes of this machine.",
      "What runs already with the same settings is left alone. Data stays under .nofate/ between runs."
    },
    footer = {"", "Where things are is written to .nofate/stack.json (with keys; mode 600)."})
public final class UpCommand implements Callable<Integer> {

  @Option(
      names = "--meter-period",
      paramLabel = "<ISO-8601>",
      description =
          "Length of a metering period, dividing a day. Left as it is when absent; PT1H at first.")
  private Duration meterPeriod;

  @Option(
      names = "--grace-period",
      paramLabel = "<ISO-8601>",
      description =
          "How long a failed payment is tolerated. Left as it is when absent; PT72H at first.")
  private Duration gracePeriod;

  @Option(
      names = "--timeout",
      paramLabel = "<ISO-8601>",
      defaultValue = "PT2M",
      description = "How long the services may take to become ready. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Option(
      names = "--native",
      negatable = true,
      description = {
        "Run the services as native executables, building what is missing with ./mvnw package -Dnative",
        "(a GraalVM or Mandrel is needed for that); --no-native: on the JVM. Left as it is when absent."
      })
  private Boolean nativePrograms;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    refuseWhatNoServiceTakes();
    PrintWriter out = spec.commandLine().getOut();
    Home home = Home.fromEnvironment();
    long start = System.nanoTime();
    Stack.Wishes wishes =
        new Stack.Wishes(meterPeriod, gracePeriod, timeout)
            .withNative(nativePrograms)
            .withTelemetryOf(System.getenv());
    StackFile stack = new Stack(home, out).up(wishes);
    out.printf("%nThe stack is up after %.1f s.%n", (System.nanoTime() - start) / 1e9);
    out.printf("  gateway    %s%n", stack.gatewayUrl());
    out.printf("  tenant     %s%n", stack.tenantId());
    out.printf("  keys, pids %s%n", home.stackFile());
    out.printf("  logs       %s%n", home.log("<part>"));
    out.printf(
        "  console    %s/console (./nofate console-link prints a way in)%n", stack.gatewayUrl());
    out.flush();
    return 0;
  }

  /** Before anything that runs is ended for it. */
  private void refuseWhatNoServiceTakes() {
    if (meterPeriod != null
        && (meterPeriod.compareTo(Duration.ofSeconds(1)) < 0
            || meterPeriod.getNano() != 0
            || Duration.ofDays(1).toSeconds() % meterPeriod.toSeconds() != 0)) {
      throw new ParameterException(
          spec.commandLine(), "--meter-period is a number of seconds that divides 24 hours");
    }
    if (gracePeriod != null
        && (gracePeriod.compareTo(Duration.ofSeconds(1)) < 0
            || gracePeriod.compareTo(Duration.ofDays(365)) > 0)) {
      throw new ParameterException(spec.commandLine(), "--grace-period is from PT1S to P365D");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new ParameterException(spec.commandLine(), "--timeout is not positive");
    }
  }
}
