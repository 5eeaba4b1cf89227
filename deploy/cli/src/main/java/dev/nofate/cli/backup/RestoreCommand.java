package dev.nofate.cli.backup;

import dev.nofate.cli.Json;
import dev.nofate.cli.stack.Database;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.Stack;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Restores the database of a stack that is down. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = {
      "Restores the database from a backup and the write-ahead log, and verifies every chain.",
      "The stack is down. The data folder that is there is kept under another name; what its server had not archived is "
          + "replayed as well. Postgres stays up afterwards, the services do not: nofate up goes on."
    },
    footer = {
      "",
      "Exit codes: 0 every log is what was signed, 1 not restored, 3 restored, and a log has lost its tail, 4 restored, "
          + "and a log is not what was signed."
    })
public final class RestoreCommand implements Callable<Integer> {

  @Option(
      names = "--from",
      required = true,
      paramLabel = "<folder>",
      description = "Where nofate backup wrote to.")
  private Path from;

  @Option(
      names = "--backup",
      paramLabel = "<id>",
      description = "One backup of that folder. Default: the last that the time allows.")
  private String backup;

  @Option(
      names = "--at",
      paramLabel = "<time>",
      description =
          "Nothing that was committed later comes back, RFC 3339 as in 2026-11-26T01:00:00Z. Default: all there is.")
  private Instant at;

  @Option(
      names = "--checkpoint",
      paramLabel = "<file>",
      description =
          "A signed checkpoint that somebody kept, besides those kept with the backups; may be repeated.")
  private List<Path> checkpoints = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "<vkey|file>",
      description =
          "A key whose signatures count, as for nofate verify. Default: those kept with the backups.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--timeout",
      defaultValue = "PT1H",
      paramLabel = "<ISO-8601>",
      description = "How long the replaying may take. Default: ${DEFAULT-VALUE}.")
  private Duration timeout;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Home home = Home.fromEnvironment();
    Restoration.Wishes wishes = new Restoration.Wishes(backup, at, checkpoints, keys, timeout);
    Restored restored =
        new Stack(home, out)
            .whileDown(() -> Restoration.of(Database.toStart(home), from).run(wishes));
    if (json) {
      out.println(Json.pretty(restored));
    } else {
      restored.print(out);
    }
    out.flush();
    return restored.exitCode();
  }
}
