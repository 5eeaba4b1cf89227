package dev.nofate.cli.publication;

import dev.nofate.cli.publication.ContractLine.Notes;
import dev.nofate.gate.engine.Admission;
import dev.nofate.gate.engine.Compilation;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.Gate;
import dev.nofate.gate.engine.GateTrace;
import dev.nofate.gate.engine.Intake;
import dev.nofate.gate.engine.Reading;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.Octets;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The engine at work on the same cases in every run: the same bytes, nothing mended, no gate left
 * out.
 */
final class EngineTrials {

  static final int CASES = 2_000;

  private static final EngineLimits LIMITS = EngineLimits.defaults();
  private static final Octets SALT = Octets.ofUtf8("publication-gate");
  private static final Admission ADMISSION =
      new Admission("00000000-0000-7000-8000-000000000000", EngineCases.RECEIVED_AT, SALT);

  private final List<String> varied = EngineCases.varied(CASES);

  /** The same request, ruleset and time of receipt give the same bytes, in an engine of its own. */
  void deterministic(Notes notes) {
    Optional<VersionedRuleset> first = ruleset();
    Optional<VersionedRuleset> second = ruleset();
    for (String body : varied) {
      byte[] answer = answer(decide(body, first));
      byte[] again = answer(decide(body, second));
      notes.demand(Arrays.equals(answer, again), body, "two derivations differ");
    }
    notes.checked(
        "engine at work: %d requests decided twice, by engines of their own, to the same bytes",
        varied.size());
  }

  /** What is committed to is the request as it came; what is not strict is refused, not mended. */
  void unrepaired(Notes notes) {
    Optional<VersionedRuleset> ruleset = ruleset();
    for (String body : varied) {
      byte[] sent = EngineCases.utf8(body);
      byte[] kept = sent.clone();
      Reading reading = Intake.read(sent, LIMITS);
      byte[] before = reading.commitmentBytes().toByteArray();
      Decision decision = new Engine(LIMITS).decide(reading, ruleset, ADMISSION);
      byte[] after = reading.commitmentBytes().toByteArray();
      byte[] canonical = canonical(body);
      notes.demand(
          Arrays.equals(sent, kept) && Arrays.equals(before, after),
          body,
          "the input was changed while it was decided");
      notes.demand(
          Arrays.equals(before, canonical), body, "the canonical input is not that of the request");
      notes.demand(
          decision.commitment().equals(Octets.of(canonical).hmacSha256(SALT)),
          body,
          "the decision commits to another input");
    }
    notes.checked(
        "%d requests: canonical input before and after the engine are the same bytes,"
            + " and those of an independent RFC 8785 writer",
        varied.size());
    for (String body : EngineCases.mendable()) {
      State state = decide(body, ruleset).state();
      notes.demand(state == State.INVALID_INPUT, body, "was decided as " + state);
    }
    notes.checked(
        "%d texts that a lenient reader would mend reach INVALID_INPUT",
        EngineCases.mendable().size());
    document(notes);
  }

  /** A refusal is a result with gate, code and trace; compliance has passed all six gates. */
  void refusalIsFirstClass(Notes notes) {
    Optional<VersionedRuleset> ruleset = ruleset();
    Set<State> reached = EnumSet.noneOf(State.class);
    List<Gate> six = List.of(Gate.values());
    notes.demand(six.size() == 6, Gate.class.getName(), "has " + six.size() + " gates");
    for (String body : concat(varied, EngineCases.mendable())) {
      Decision decision = decide(body, ruleset);
      reached.add(decision.state());
      List<Gate> ran = decision.gateTrace().stream().map(GateTrace::gate).toList();
      notes.demand(ran.equals(six.subList(0, ran.size())), body, "gates ran out of order: " + ran);
      if (decision.state() == State.DETERMINISTIC_COMPLIANCE) {
        notes.demand(
            ran.equals(six)
                && decision.gateTrace().stream().allMatch(GateTrace::passed)
                && decision.reason().isEmpty(),
            body,
            "compliance without six passed gates");
      } else {
        notes.demand(refused(decision, ran), body, "a refusal without gate or code");
      }
    }
    notes.demand(
        reached.equals(EnumSet.allOf(State.class)), "cases", "only " + reached + " were reached");
    notes.checked(
        "%d decisions: compliance traces all six gates as passed, every other state ends at"
            + " one failed gate with its code",
        varied.size() + EngineCases.mendable().size());
  }

  private static boolean refused(Decision decision, List<Gate> ran) {
    return decision.reason().isPresent()
        && decision.reason().get().gate() == ran.get(ran.size() - 1)
        && decision.gateTrace().stream().filter(trace -> !trace.passed()).count() == 1
        && !decision.gateTrace().get(ran.size() - 1).passed();
  }

  private static void document(Notes notes) {
    String text = new String(EngineCases.ruleset(), java.nio.charset.StandardCharsets.UTF_8);
    String digest = compiled().digest();
    notes.demand(
        digest.equals(Octets.of(canonical(text)).sha256()),
        EngineCases.RULESET,
        "the ruleset's digest is not that of the document as published");
    notes.checked("a ruleset's digest is that of the document as sent: no default is filled in");
  }

  private static Decision decide(String body, Optional<VersionedRuleset> ruleset) {
    Reading reading = Intake.read(EngineCases.utf8(body), LIMITS);
    Optional<VersionedRuleset> named =
        reading.rulesetReference().isPresent() && body.contains("\"agent.refund\"")
            ? ruleset
            : Optional.empty();
    return new Engine(LIMITS).decide(reading, named, ADMISSION);
  }

  private static byte[] answer(Decision decision) {
    return CanonicalJson.write(decision.toJson()).toByteArray();
  }

  private static Optional<VersionedRuleset> ruleset() {
    return Optional.of(new VersionedRuleset(1, compiled()));
  }

  private static CompiledRuleset compiled() {
    return ((Compilation.Compiled)
            dev.nofate.gate.engine.RulesetCompiler.compile(EngineCases.ruleset(), LIMITS))
        .ruleset();
  }

  private static byte[] canonical(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedUTF8();
    } catch (IOException e) {
      throw new IllegalStateException("every case is JSON", e);
    }
  }

  private static List<String> concat(List<String> some, List<String> others) {
    return java.util.stream.Stream.concat(some.stream(), others.stream()).toList();
  }
}
