package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.json.Octets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A request body after reading, before any ruleset is known. */
public sealed interface Reading {

  /** The ruleset the body asks for, when it could be read that far. */
  Optional<RulesetReference> rulesetReference();

  /** The RFC 8785 form of the body, or its raw octets when it was not read as strict JSON. */
  Octets commitmentBytes();

  /** The body has the shape of an evaluation. */
  sealed interface Readable extends Reading {

    /** Which way it asks to be evaluated. */
    Direction direction();

    /** The ruleset asked for. */
    RulesetReference ruleset();

    /** What is decided about: the proposal, or the structured outcome; any JSON value. */
    JsonNode subject();

    /** The context, when present. */
    Optional<JsonNode> context();

    /** Compact JWS grants as sent. */
    List<String> authority();

    /** As sent, not yet read as a time. */
    Optional<String> observedAt();

    /** As sent, not yet read as a time. */
    String evaluatedAt();

    /** In milliseconds, when stated. */
    OptionalLong decisionWindowMs();

    @Override
    default Optional<RulesetReference> rulesetReference() {
      return Optional.of(ruleset());
    }
  }

  /**
   * The body has the shape of a forward evaluation.
   *
   * @param ruleset the ruleset asked for
   * @param proposal any JSON value
   * @param context the context, when present
   * @param authority compact JWS grants as sent
   * @param observedAt as sent, not yet read as a time
   * @param evaluatedAt as sent, not yet read as a time
   * @param decisionWindowMs in milliseconds, when stated
   * @param commitmentBytes the RFC 8785 form of the body
   */
  record Forward(
      RulesetReference ruleset,
      JsonNode proposal,
      Optional<JsonNode> context,
      List<String> authority,
      Optional<String> observedAt,
      String evaluatedAt,
      OptionalLong decisionWindowMs,
      Octets commitmentBytes)
      implements Readable {

    public Forward {
      authority = List.copyOf(authority);
    }

    @Override
    public Direction direction() {
      return Direction.FORWARD;
    }

    @Override
    public JsonNode subject() {
      return proposal;
    }
  }

  /**
   * The body has the shape of a backward evaluation.
   *
   * @param ruleset the ruleset asked for
   * @param coreIr the structured outcome, any JSON value
   * @param renderTargets distinct names of renderings, at least one, in the order sent
   * @param cardinalityMode how many of them must render completely
   * @param context the context, when present
   * @param authority compact JWS grants as sent
   * @param observedAt as sent, not yet read as a time
   * @param evaluatedAt as sent, not yet read as a time
   * @param decisionWindowMs in milliseconds, when stated
   * @param commitmentBytes the RFC 8785 form of the body
   */
  record Backward(
      RulesetReference ruleset,
      JsonNode coreIr,
      List<String> renderTargets,
      CardinalityMode cardinalityMode,
      Optional<JsonNode> context,
      List<String> authority,
      Optional<String> observedAt,
      String evaluatedAt,
      OptionalLong decisionWindowMs,
      Octets commitmentBytes)
      implements Readable {

    public Backward {
      renderTargets = List.copyOf(renderTargets);
      authority = List.copyOf(authority);
    }

    @Override
    public Direction direction() {
      return Direction.BACKWARD;
    }

    @Override
    public JsonNode subject() {
      return coreIr;
    }
  }

  /**
   * The body is no evaluation in the direction asked; the intake gate fails with {@code reason}.
   *
   * @param reason a reason of the intake gate
   * @param rulesetReference the reference, when that member was well formed
   * @param commitmentBytes the RFC 8785 form of the body, or its raw octets
   */
  record Unreadable(
      Reason reason, Optional<RulesetReference> rulesetReference, Octets commitmentBytes)
      implements Reading {}
}
