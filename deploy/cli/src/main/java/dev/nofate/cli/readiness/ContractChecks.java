package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.notObservable;
import static dev.nofate.cli.readiness.Outcome.verified;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.publication.ContractLine;
import dev.nofate.cli.publication.PublicationGate;
import dev.nofate.cli.publication.PublicationReport;
import dev.nofate.cli.readiness.Http.Seen;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** The contract: the publication gate over what was built, and the four states seen at work. */
final class ContractChecks implements Register.Family {

  private static final int OK = 200;
  private static final int SHOWN = 2;

  /** Lines of the gate's report by the checklist's ids. */
  private static final Map<String, String> LINES =
      Map.of(
          "no-suggestions", "Confirm no suggestion text in UI",
          "log-immutable", "Verify audit log has no UPDATE/DELETE permissions",
          "deterministic", "Confirm gate engine is deterministic (no random/probabilistic logic)",
          "no-repair", "Verify no auto-repair or \"helpful\" modifications",
          "refusal", "Confirm rejection is first-class (no hidden success paths)",
          "gate-passes-in-ci", "Verify publication gate checks pass in CI",
          "gate-in-ci", "Verify publication gate checks pass in CI");

  private static final String FOUR_STATES = "Verify only 4 terminal states exist in codebase";

  private final Deployment deployment;
  private final Supplier<Canary> canary;
  private final Supplier<PublicationReport> gate;

  ContractChecks(Deployment deployment, Supplier<Canary> canary) {
    this.deployment = deployment;
    this.canary = canary;
    this.gate = Once.of(this::runGate);
  }

  @Override
  public void enter(Register register) {
    LINES.forEach((id, line) -> register.line(id, () -> line(line)));
    register.line("publication-gate", this::whole).line("four-states", this::fourStates);
  }

  private PublicationReport runGate() {
    if (!Files.isRegularFile(deployment.root().resolve("pom.xml"))) {
      throw new OutOfReach("The project's code is not where the command runs.");
    }
    try {
      return PublicationGate.check(deployment.root(), deployment.state().resolve("programs"));
    } catch (CommandFailure e) {
      if (e.getMessage().startsWith("no compiled classes")) {
        throw new OutOfReach("The project is not built where the command runs.");
      }
      throw e;
    }
  }

  private Outcome whole() {
    PublicationReport report = gate.get();
    long kept = report.lines().stream().filter(ContractLine::holds).count();
    return report.holds()
        ? verified("The publication gate was run over what is built here: all %d lines hold.", kept)
        : failed("The publication gate: %d of %d lines hold.", kept, report.lines().size());
  }

  private Outcome line(String text) {
    ContractLine line =
        gate.get().lines().stream()
            .filter(found -> found.line().equals(text))
            .findFirst()
            .orElseThrow(() -> new CommandFailure("The publication gate has no line " + text));
    if (line.holds()) {
      return new Outcome.Verified(String.join("; ", line.checked()) + ".");
    }
    return failed(
        "%d differences: %s.",
        line.differences().size(),
        String.join(
            "; ",
            line.differences().stream().limit(SHOWN).map(ContractLine.Difference::place).toList()));
  }

  /** In the code, and in the deployment's answers. */
  private Outcome fourStates() {
    Map<String, String> wanted = new LinkedHashMap<>();
    wanted.put("DETERMINISTIC_COMPLIANCE", Canary.proposal(1, 5));
    wanted.put("DETERMINISTIC_VIOLATION", Canary.proposal(9, 5));
    wanted.put("NO_DETERMINISTIC_OUTCOME", Canary.proposal(1, null));
    wanted.put("INVALID_INPUT", Canary.proposal(1, 5).replace("\"amount\"", "\"unknown\""));
    for (var proposal : wanted.entrySet()) {
      Seen seen = canary.get().evaluate(UUID.randomUUID().toString(), proposal.getValue());
      String state = seen.expect(OK, "POST /v1/evaluations/forward").json().path("state").asText();
      if (!state.equals(proposal.getKey())) {
        return failed("A proposal for %s was answered %s.", proposal.getKey(), state);
      }
    }
    String seen = "The deployment answered four proposals with the four states.";
    try {
      Outcome code = line(FOUR_STATES);
      return code instanceof Outcome.Verified ? verified("%s %s", seen, code.says()) : code;
    } catch (OutOfReach e) {
      return notObservable("%s %s", seen, e.getMessage());
    }
  }
}
