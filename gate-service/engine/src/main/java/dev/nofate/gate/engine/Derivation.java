package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.authority.AuthorityPolicy;
import dev.nofate.gate.engine.authority.GrantDemand;
import dev.nofate.gate.engine.authority.GrantVerifier;
import dev.nofate.gate.engine.json.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One run through the gates that judge: intake, temporal, authority, rules, cardinality. */
final class Derivation {

  private final Admission admission;
  private final Optional<VersionedRuleset> ruleset;
  private final Rules rules;
  private final Renderings renderings;
  private final AuthorityPolicy authority;
  private final EngineLimits limits;

  private final List<GateTrace> gates = new ArrayList<>();
  private Optional<Temporal> temporal = Optional.empty();
  private List<RuleTrace> derivation = List.of();
  private Set<Outcome> outcomes = Set.of();
  private Renderings.Finding rendered = Renderings.Finding.NONE;

  private Derivation(
      Optional<VersionedRuleset> ruleset,
      Rules rules,
      Renderings renderings,
      AuthorityPolicy authority,
      Admission admission,
      EngineLimits limits) {
    this.ruleset = ruleset;
    this.rules = rules;
    this.renderings = renderings;
    this.authority = authority;
    this.admission = admission;
    this.limits = limits;
  }

  /** The end of a request that is not readable, or whose ruleset does not exist. */
  static Decision refused(
      Reading reading, Reason reason, Optional<VersionedRuleset> ruleset, Admission admission) {
    Derivation run =
        new Derivation(
            ruleset, null, null, AuthorityPolicy.NONE, admission, EngineLimits.defaults());
    run.gates.add(new GateTrace(Gate.INTAKE, Optional.of(reason.code())));
    return run.conclude(reading, Optional.of(reason)).withDigest();
  }

  /** A run over a ruleset, with its rules in one of their two orders. */
  static Derivation of(
      VersionedRuleset ruleset,
      Rules rules,
      Renderings renderings,
      AuthorityPolicy authority,
      Admission admission,
      EngineLimits limits) {
    return new Derivation(Optional.of(ruleset), rules, renderings, authority, admission, limits);
  }

  /**
   * Runs until a gate fails; a run that passes all of them is compliance, validity pending. The
   * digest is not yet taken.
   */
  Decision run(Reading.Readable request) {
    CompiledRuleset document = ruleset.orElseThrow().ruleset();
    ObjectNode facts = facts(request);
    Optional<Reason> failure =
        gate(Gate.INTAKE, intake(document, request, facts))
            .or(() -> gate(Gate.TEMPORAL, temporal(document, request)))
            .or(() -> gate(Gate.AUTHORITY, authority(request)))
            .or(() -> gate(Gate.RULES, rules(facts)))
            .or(() -> gate(Gate.CARDINALITY, cardinality(request, facts)));
    return conclude(request, failure);
  }

  private Optional<Reason> gate(Gate gate, Optional<Reason> failure) {
    gates.add(new GateTrace(gate, failure.map(Reason::code)));
    return failure;
  }

  private Optional<Reason> intake(
      CompiledRuleset document, Reading.Readable request, ObjectNode facts) {
    return unknownTarget(request)
        .or(() -> document.facts().mismatch(facts).map(pointer -> mismatch(request, pointer)));
  }

  private Optional<Reason> unknownTarget(Reading.Readable request) {
    return request instanceof Reading.Backward backward
        ? renderings.unknown(backward.renderTargets())
        : Optional.empty();
  }

  /** Facts stand in the request under their names, but {@code ir} stands there as core_ir. */
  private static Reason mismatch(Reading.Readable request, String pointer) {
    if (pointer.isEmpty()) {
      return Reason.of(ReasonCode.FACT_TYPE_MISMATCH);
    }
    boolean ir =
        request.direction() == Direction.BACKWARD
            && (pointer.equals("/ir") || pointer.startsWith("/ir/"));
    return Reason.at(
        ReasonCode.FACT_TYPE_MISMATCH, ir ? "/core_ir" + pointer.substring(3) : pointer);
  }

  private Optional<Reason> temporal(CompiledRuleset document, Reading.Readable request) {
    TemporalGate.Result result = TemporalGate.judge(document, request, admission);
    temporal = result.temporal();
    return result.failure();
  }

  private Optional<Reason> authority(Reading.Readable request) {
    if (!authority.required()) {
      return Optional.empty();
    }
    if (request.authority().isEmpty()) {
      return Optional.of(Reason.of(ReasonCode.AUTHORITY_MISSING));
    }
    GrantVerifier verifier = new GrantVerifier(authority, limits.request(), limits.delegations());
    GrantDemand demand =
        new GrantDemand(
            admission.tenant(),
            CanonicalJson.write(request.subject()).sha256(),
            Timestamp.parse(request.evaluatedAt()).orElseThrow());
    return verifier.authorise(request.authority(), demand)
        ? Optional.empty()
        : Optional.of(Reason.of(ReasonCode.AUTHORITY_REJECTED));
  }

  private Optional<Reason> rules(ObjectNode facts) {
    Rules.Finding finding = rules.judge(facts);
    derivation = finding.derivation();
    outcomes = finding.outcomes();
    return finding
        .obstacle()
        .or(
            () ->
                outcomes.equals(Set.of(Outcome.VIOLATION))
                    ? Optional.of(Reason.of(ReasonCode.RULE_VIOLATION))
                    : Optional.empty());
  }

  private Optional<Reason> cardinality(Reading.Readable request, ObjectNode facts) {
    return switch (outcomes.size()) {
      case 0 -> Optional.of(Reason.of(ReasonCode.NO_APPLICABLE_RULE));
      case 1 -> request instanceof Reading.Backward it ? rendered(it, facts) : Optional.empty();
      default -> Optional.of(Reason.of(ReasonCode.CONFLICTING_RULES));
    };
  }

  private Optional<Reason> rendered(Reading.Backward request, ObjectNode facts) {
    rendered = renderings.judge(request.renderTargets(), request.cardinalityMode(), facts);
    return rendered.failure();
  }

  private Decision conclude(Reading reading, Optional<Reason> failure) {
    return Decision.draft(
        failure,
        ruleset.map(VersionedRuleset::identity),
        admission.receivedAt(),
        derivation,
        rendered.traces(),
        gates,
        temporal,
        failure.isPresent() ? List.of() : rendered.renderings(),
        reading.commitmentBytes().hmacSha256(admission.salt()));
  }

  /** The facts as the ruleset's schema describes them. */
  private static ObjectNode facts(Reading.Readable request) {
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.set(request.direction() == Direction.FORWARD ? "proposal" : "ir", request.subject());
    request.context().ifPresent(context -> facts.set("context", context));
    return facts;
  }
}
