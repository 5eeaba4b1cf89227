package dev.nofate.cli.drill;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.demo.Journal;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.Stack;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rehearses the loss of everything. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    description = {
      "Rehearses the loss of the database, on a stack of its own, and measures it.",
      "Takes a backup under load, kills every process and deletes the data, restores, verifies every chain against the "
          + "checkpoints that were kept, starts the services again, has lost evaluations repeated, and reconciles chain "
          + "and ledger. Prints what was lost (RPO) and how long it took (RTO)."
    },
    footer = {
      "",
      "Exit codes: 0 everything as expected, 1 otherwise, also when a target was missed."
    })
public final class DrillCommand implements Callable<Integer> {

  private static final int MOST_CALLERS = 32;

  @Option(
      names = "--in",
      paramLabel = "<folder>",
      description = "The stack's state folder, not there yet. Default: a temporary one.")
  private Path in;

  @Option(names = "--keep", description = "Leave the state folder, with the stack down.")
  private boolean keep;

  @Option(
      names = "--load",
      defaultValue = "PT20S",
      paramLabel = "<ISO-8601>",
      description = "Time under load between backup and disaster. Default: ${DEFAULT-VALUE}.")
  private Duration load;

  @Option(
      names = "--callers",
      defaultValue = "4",
      description = "Requests under way at any time. Default: ${DEFAULT-VALUE}.")
  private int callers;

  @Option(
      names = "--wal-every",
      defaultValue = "PT10S",
      paramLabel = "<ISO-8601>",
      description = "As for nofate backup. Default: ${DEFAULT-VALUE}.")
  private Duration walEvery;

  @Option(
      names = "--rpo",
      paramLabel = "<ISO-8601>",
      description = "Target: no more than this time is lost.")
  private Duration rpo;

  @Option(
      names = "--rto",
      paramLabel = "<ISO-8601>",
      description = "Target: the first answer comes no later than this after the disaster.")
  private Duration rto;

  @Option(
      names = "--timeout",
      defaultValue = "PT4M",
      paramLabel = "<ISO-8601>",
      description = "Patience with each start of the stack. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Option(names = "--json", description = "Print JSON and nothing else.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (callers < 1 || callers > MOST_CALLERS) {
      throw new ParameterException(spec.commandLine(), "--callers is from 1 to " + MOST_CALLERS);
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = json ? new PrintWriter(Writer.nullWriter()) : out;
    Home home = new Home(Home.fromEnvironment().root(), folder());
    Stack stack = new Stack(home, progress);
    // Also when it is interrupted: nothing of it outlives the command.
    Thread leave = new Thread(() -> leave(stack, home));
    Runtime.getRuntime().addShutdownHook(leave);
    DrillReport report;
    try {
      Drill.Plan plan = new Drill.Plan(load, callers, walEvery, timeout);
      report = new Drill(home, stack, new Journal(progress), plan).run();
    } finally {
      Runtime.getRuntime().removeShutdownHook(leave);
      leave(stack, home);
    }
    if (json) {
      out.println(Json.pretty(report));
    } else {
      report.print(out);
    }
    out.flush();
    return report.passed()
            && isWithin(rpo, report.rpoSeconds())
            && isWithin(rto, report.rtoSeconds())
        ? 0
        : 1;
  }

  private static boolean isWithin(Duration target, double seconds) {
    return target == null || seconds * 1000 <= target.toMillis();
  }

  private void leave(Stack stack, Home home) {
    stack.down();
    if (!keep) {
      Drill.delete(home.folder());
    }
  }

  private Path folder() {
    try {
      if (in == null) {
        return Files.createTempDirectory("nofate-drill-");
      }
      if (Files.exists(in)) {
        try (Stream<Path> content = Files.list(in)) {
          if (content.findAny().isPresent()) {
            throw new CommandFailure(
                in + " is not empty: a drill destroys a stack of its own only");
          }
        }
      }
      return Files.createDirectories(in);
    } catch (IOException e) {
      throw new CommandFailure("cannot make the state folder: " + e.getMessage(), e);
    }
  }
}
