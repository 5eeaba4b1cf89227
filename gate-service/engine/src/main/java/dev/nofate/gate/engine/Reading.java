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
  record Readable(
      RulesetReference ruleset,
      JsonNode proposal,
      Optional<JsonNode> context,
      List<String> authority,
      Optional<String> observedAt,
      String evaluatedAt,
      OptionalLong decisionWindowMs,
      Octets commitmentBytes)
      implements Reading {

    public Readable {
      authority = List.copyOf(authority);
    }

    @Override
    public Optional<RulesetReference> rulesetReference() {
      return Optional.of(ruleset);
    }
  }

  /**
   * The body is not a forward evaluation; the intake gate fails with {@code reason}.
   *
   * @param reason a reason of the intake gate
   * @param rulesetReference the reference, when that member was well formed
   * @param commitmentBytes the RFC 8785 form of the body, or its raw octets
   */
  record Unreadable(
      Reason reason, Optional<RulesetReference> rulesetReference, Octets commitmentBytes)
      implements Reading {}
}
