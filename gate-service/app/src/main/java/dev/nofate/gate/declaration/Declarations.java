package dev.nofate.gate.declaration;

import dev.nofate.gate.contract.Page;
import dev.nofate.gate.declaration.Declaration.Conformance;
import dev.nofate.gate.declaration.Declaration.DeclaredReason;
import dev.nofate.gate.declaration.Declaration.DeclaredScope;
import dev.nofate.gate.declaration.Declaration.DeclaredState;
import dev.nofate.gate.declaration.Declaration.Input;
import dev.nofate.gate.declaration.Declaration.Limits;
import dev.nofate.gate.declaration.Declaration.Member;
import dev.nofate.gate.declaration.Declaration.Output;
import dev.nofate.gate.declaration.Declaration.Program;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.Gate;
import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.evaluate.SystemVersion;
import dev.nofate.gate.ruleset.PublishedRuleset;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The texts and lists of the declaration; what the engine owns is taken from the engine. */
@ApplicationScoped
class Declarations {

  static final Conformance CONFORMANCE =
      new Conformance("No Fate Compliance Specification", "1.0.0", "B");

  private static final DeclaredScope SCOPE =
      new DeclaredScope(
          1,
          "Whether a proposal complies with a published ruleset, by its rules and the stated facts"
              + " alone.",
          "Everything that needs interpretation, intent, prediction or a fact that was not stated."
              + " An answer is no legal opinion and no adjudication.");

  private static final List<Member> SHARED =
      List.of(
          new Member("evaluated_at", true),
          new Member("context", false),
          new Member("authority", false),
          new Member("observed_at", false),
          new Member("decision_window_ms", false));

  private static final Input INPUT =
      new Input(
          members(new Member("ruleset", true), new Member("proposal", true)),
          members(
              new Member("ruleset", true),
              new Member("core_ir", true),
              new Member("render_targets", true),
              new Member("cardinality_mode", true)),
          "The JSON Schema in the member facts of each ruleset.",
          List.of("tenant", "received_at", "request.salt"));

  private static final Output OUTPUT =
      new Output(
          List.of(
              "evaluation_id",
              "state",
              "reason",
              "ruleset",
              "received_at",
              "derivation",
              "gate_trace",
              "temporal",
              "request",
              "renderings",
              "decision_digest",
              "audit",
              "metering"),
          Arrays.stream(State.values())
              .map(state -> new DeclaredState(state, Meanings.of(state)))
              .toList(),
          Arrays.stream(Gate.values()).map(Gate::wireName).toList(),
          Arrays.stream(ReasonCode.values())
              .map(
                  code ->
                      new DeclaredReason(
                          code, code.gate().wireName(), code.state(), Meanings.of(code)))
              .toList());

  private final Limits limits;

  Declarations(EngineLimits limits) {
    this.limits =
        new Limits(
            limits.request().bodyBytes(),
            limits.request().depth(),
            limits.request().members(),
            limits.grants(),
            limits.grantLength(),
            limits.delegations(),
            limits.ruleset().rules(),
            limits.ruleset().overrides(),
            limits.ruleset().expressionLength(),
            limits.ruleset().expressionCost(),
            limits.ruleset().examples(),
            limits.ruleset().renderings());
  }

  Declaration declaration(Optional<Page<PublishedRuleset>> rulesets) {
    return new Declaration(
        CONFORMANCE,
        new Program(SystemVersion.TEXT),
        SCOPE,
        INPUT,
        OUTPUT,
        limits,
        rulesets.orElse(null));
  }

  private static List<Member> members(Member... own) {
    return java.util.stream.Stream.concat(Arrays.stream(own), SHARED.stream()).toList();
  }
}
