package dev.nofate.cli.witness;

import dev.nofate.cli.Json;
import dev.nofate.cli.billing.Target;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Keeps what a tenant's log signed, and has it show that it still stands on what it signed. */
@Command(
    name = "witness",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps the last signed checkpoint of a tenant's log, outside of the log's reach.",
      "Each time, the log shows that what was kept is the beginning of what it signs now (RFC 6962, consistency): a few "
          + "hashes, whatever its length. For a timer on a machine that the log's operator does not have."
    },
    footer = {
      "",
      "Keys: those that the log published when it was first looked at stay in the folder as audit-keys.json. They are as "
          + "good as that first look; --audit-key names one that was learnt elsewhere, or the next one after a rotation.",
      "Exit codes: 0 what was kept still stands, 1 not answered, 3 fewer events are signed than before, 4 other events, or "
          + "those of another log, are signed than before, or no key that counts signed. What contradicts is kept as evidence beside the checkpoint."
    })
public final class WitnessCommand implements Callable<Integer> {

  @Mixin private Target target;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "<folder>",
      description = "Where checkpoint, keys and evidence are kept; a folder for each log.")
  private Path folder;

  @Option(
      names = "--audit-key",
      paramLabel = "<vkey|file>",
      description =
          "A key whose signatures count too: a verifier key line, a file of them, or the published key document; may be"
              + " repeated.")
  private List<String> keys = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Sighting seen = new Witness(target.tenant(), folder, keys).look();
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? Json.pretty(seen) : seen);
    out.flush();
    return seen.found().exitCode();
  }
}
