package dev.nofate.cli.demo;

import dev.nofate.cli.console.ConsoleLinks;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.Stack;
import dev.nofate.cli.stack.StackFile;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the tour. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the whole main job, from three rulesets to a paid bill.",
      "Starts what is missing of the stack, publishes rulesets, sends proposals, verifies the exported chain offline, "
          + "closes the period, adds up the ledger, and has an account suspended and reactivated by signed webhooks."
    },
    footer = {
      "",
      "So that there is something to see, metering periods are 10 s and the grace period is 3 s in this stack until "
          + "it goes down or nofate up says otherwise. Exit code 1 when anything differs from what is expected."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final Duration METER_PERIOD = Duration.ofSeconds(10);
  private static final Duration GRACE_PERIOD = Duration.ofSeconds(3);
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  @Option(names = "--once", description = "Take the stack down at the end.")
  private boolean once;

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
    PrintWriter out = spec.commandLine().getOut();
    Home home = Home.fromEnvironment();
    Stack stack = new Stack(home, out);
    Journal journal = new Journal(out);
    try {
      journal.chapter("The stack");
      StackFile running =
          stack.up(
              new Stack.Wishes(METER_PERIOD, GRACE_PERIOD, START_PATIENCE)
                  .withNative(nativePrograms)
                  .withTelemetryOf(System.getenv()));
      String tenant = new Tour(journal, running, home.folder().resolve("demo")).play();
      return conclude(out, journal, running, tenant);
    } finally {
      if (once) {
        stack.down();
        out.println("The stack is down.");
        out.flush();
      }
    }
  }

  private int conclude(PrintWriter out, Journal journal, StackFile stack, String tenant) {
    List<String> differences = journal.differences();
    if (differences.isEmpty()) {
      out.printf("%nEverything is as expected.%n");
    } else {
      out.printf("%n%d observations differ from what is expected:%n", differences.size());
      differences.forEach(difference -> out.println("  " + difference));
    }
    if (!once) {
      out.printf("The stack stays up: %s (OpenAPI at /q/swagger-ui).%n", stack.gatewayUrl());
      new ConsoleLinks(stack.gatewayUrl(), stack.adminToken()).print(out, tenant);
    }
    out.flush();
    return differences.isEmpty() ? 0 : 1;
  }
}
