package dev.nofate.cli.verify;

import dev.nofate.cli.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies an exported chain offline. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies an exported audit chain offline.",
      "Recomputes it from its content: every hash from the genesis hash on, seq without a hole, time that never goes "
          + "back, one tenant. Works without a server and without a network."
    },
    footer = {"", "Exit codes: 0 the chain holds, 1 it breaks, 2 the file cannot be read."})
public final class VerifyCommand implements Callable<Integer> {

  private static final int HOLDS = 0;
  private static final int BREAKS = 1;
  private static final int UNREADABLE = 2;

  @Parameters(
      paramLabel = "FILE",
      description = "JSON Lines, an event a line; - reads standard input.")
  private String file;

  @Option(
      names = "--head",
      paramLabel = "<hash>",
      description =
          "The hash that the last event has, known from elsewhere: shows an export that was cut short.")
  private String head;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ExportCheck check;
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      check = ExportCheck.of(in).endingWith(head);
    } catch (IOException e) {
      spec.commandLine().getErr().printf("nofate: cannot read %s: %s%n", file, e.getMessage());
      return UNREADABLE;
    }
    if (json) {
      out.println(Json.pretty(check));
    } else {
      show(out, check);
    }
    out.flush();
    return check.valid() ? HOLDS : BREAKS;
  }

  private static void show(PrintWriter out, ExportCheck check) {
    if (check.valid()) {
      out.printf("The chain of tenant %s holds.%n", check.tenant());
      out.printf("  events  %d, seq 1 to %d without a hole%n", check.events(), check.events());
      out.printf("  hashes  each recomputed from content, starting at the tenant's genesis hash%n");
      out.printf("  head    %s%n", check.headHash());
    } else {
      out.printf(
          "The chain breaks at seq %d: %s, %s.%n",
          check.firstBadSeq(), check.code(), check.observed());
    }
  }
}
