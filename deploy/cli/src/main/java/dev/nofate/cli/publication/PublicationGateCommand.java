package dev.nofate.cli.publication;

import dev.nofate.cli.Json;
import dev.nofate.cli.stack.Home;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds what was built against the contract. */
@Command(
    name = "publication-gate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks that what was built keeps the No Fate contract.",
      "Reads bytecode, SQL, OpenAPI documents and pages, makes a database from the migrations and lets every login attempt "
          + "to change the log and the ledger, and runs the engine. The report follows the production checklist."
    },
    footer = {
      "",
      "Exit codes: 0 every line holds, 1 one does not (the report names what differs)."
    })
public final class PublicationGateCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Home home = Home.fromEnvironment();
    PublicationReport report = PublicationGate.check(home.root(), home.programs());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(report));
    } else {
      report.print(out);
    }
    out.flush();
    return report.holds() ? 0 : 1;
  }
}
