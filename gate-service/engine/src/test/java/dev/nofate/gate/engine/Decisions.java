package dev.nofate.gate.engine;

import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Deciding in tests, with everything but the body fixed. */
public final class Decisions {

  public static final EngineLimits LIMITS = EngineLimits.defaults();
  public static final String TENANT = "0192f0c1-0000-7000-8000-000000000001";
  public static final Admission ADMISSION =
      new Admission(TENANT, "2026-11-23T10:00:00.000000Z", Octets.ofHex("0f1e2d3c"));

  private Decisions() {}

  /** Decides a body under a ruleset published as version 1. */
  public static Decision decide(CompiledRuleset ruleset, String body) {
    return new Engine(LIMITS)
        .decide(
            Intake.read(body.getBytes(StandardCharsets.UTF_8), LIMITS),
            Optional.of(new VersionedRuleset(1, ruleset)),
            ADMISSION);
  }

  /** Decides a body backward under a ruleset published as version 1. */
  public static Decision decideBackward(CompiledRuleset ruleset, String body) {
    return new Engine(LIMITS)
        .decide(
            Intake.readBackward(body.getBytes(StandardCharsets.UTF_8), LIMITS),
            Optional.of(new VersionedRuleset(1, ruleset)),
            ADMISSION);
  }

  /** A body with the given members, evaluated when it is received. */
  public static String body(String members) {
    return "{\"ruleset\":\"any\",\"evaluated_at\":\"2026-11-23T10:00:00Z\"," + members + "}";
  }

  /** The octets of the answer. */
  public static String bytes(Decision decision) {
    return CanonicalJson.write(decision.toJson()).utf8();
  }
}
