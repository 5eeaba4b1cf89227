package dev.nofate.cli.backup;

import dev.nofate.cli.Json;
import dev.nofate.cli.stack.Database;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.StackFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes a backup of the running stack. */
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a backup of the database while it serves.",
      "A copy of the data folder with a digest a file, the write-ahead log from then on, and the last signed checkpoint "
          + "of every chain. Secrets and keys are not in it; what Redis holds can be lost."
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 not done, 3 done, and a log is shorter than a checkpoint that was kept before, 4 done, and a "
          + "log is not what such a checkpoint signed. That checkpoint is kept beside the later ones."
    })
public final class BackupCommand implements Callable<Integer> {

  private static final int MOST_KEPT = 1_000;

  @Option(
      names = "--to",
      paramLabel = "<folder>",
      description = "Where backups and log are kept. Default: backups in the state folder.")
  private Path to;

  @Option(
      names = "--keep",
      defaultValue = "7",
      description = "Backups that are kept; older ones go. Default: ${DEFAULT-VALUE}.")
  private int keep;

  @Option(
      names = "--wal-every",
      defaultValue = "PT1M",
      paramLabel = "<ISO-8601>",
      description =
          "The write-ahead log is archived at latest after this time, which is what a lost disk loses. Default: "
              + "${DEFAULT-VALUE}.")
  private Duration walEvery;

  @Option(
      names = "--checkpoints-only",
      description = "Keep the last signed checkpoints and nothing else: quick, for every minute.")
  private boolean checkpointsOnly;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (keep < 1 || keep > MOST_KEPT) {
      throw new ParameterException(spec.commandLine(), "--keep is from 1 to " + MOST_KEPT);
    }
    if (walEvery.toSeconds() < 1 || walEvery.compareTo(Duration.ofDays(1)) > 0) {
      throw new ParameterException(spec.commandLine(), "--wal-every is from PT1S to P1D");
    }
    Home home = Home.fromEnvironment();
    Backup backup =
        Backup.of(Database.running(home), StackFile.read(home), to == null ? home.backups() : to);
    Backup.Taken taken = checkpointsOnly ? backup.keepCheckpoints() : backup.take(walEvery, keep);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(taken));
    } else {
      show(out, taken);
    }
    out.flush();
    if (!taken.other().isEmpty()) {
      return Restored.DIFFERS;
    }
    return taken.shorter().isEmpty() ? 0 : Restored.TAIL_MISSING;
  }

  private void show(PrintWriter out, Backup.Taken taken) {
    if (taken.id() != null) {
      out.printf(
          "Backup %s after %.1f s: %d files, %d MiB.%n",
          taken.id(), taken.seconds(), taken.files(), taken.bytes() >> 20);
      out.printf("The log is archived beside it, at latest every %d s.%n", walEvery.toSeconds());
    }
    out.printf("A signed checkpoint of %d chains is kept.%n", taken.checkpoints());
    taken
        .shorter()
        .forEach(tenant -> out.printf("SHORTER: %s ends before a kept checkpoint.%n", tenant));
    taken.other().forEach(tenant -> out.printf("DIFFERENT: %s is not what was signed.%n", tenant));
    out.printf("  %s%n", taken.folder());
  }
}
