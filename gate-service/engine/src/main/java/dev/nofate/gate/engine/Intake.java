package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.JsonReading;
import dev.nofate.gate.engine.json.Octets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads request bodies: the part of the intake gate that needs no ruleset. */
public final class Intake {

  private static final Set<String> SHARED =
      Set.of(
          "ruleset", "context", "authority", "observed_at", "evaluated_at", "decision_window_ms");
  private static final List<String> FORWARD = List.of("evaluated_at", "proposal", "ruleset");
  private static final List<String> BACKWARD =
      List.of("cardinality_mode", "core_ir", "evaluated_at", "render_targets", "ruleset");

  /** Unknown member names of this form are named in the reason; others are only counted as one. */
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");

  private final Direction direction;
  private final EngineLimits limits;
  private final JsonNode body;
  private final Octets canonical;

  private Intake(Direction direction, EngineLimits limits, JsonNode body) {
    this.direction = direction;
    this.limits = limits;
    this.body = body;
    this.canonical = CanonicalJson.write(body);
  }

  /** Reads a forward evaluation; every sequence of octets has an answer. */
  public static Reading read(byte[] body, EngineLimits limits) {
    return read(body, Direction.FORWARD, limits);
  }

  /** Reads a backward evaluation; every sequence of octets has an answer. */
  public static Reading readBackward(byte[] body, EngineLimits limits) {
    return read(body, Direction.BACKWARD, limits);
  }

  /** Reads an evaluation in a direction; every sequence of octets has an answer. */
  public static Reading read(byte[] body, Direction direction, EngineLimits limits) {
    JsonReading reading = CanonicalJson.read(body, limits.request());
    if (reading instanceof JsonReading.Value json) {
      return new Intake(direction, limits, json.value()).read();
    }
    boolean tooLarge = ((JsonReading.Refusal) reading).cause() == JsonReading.Cause.OVER_LIMIT;
    ReasonCode code = tooLarge ? ReasonCode.PAYLOAD_TOO_LARGE : ReasonCode.MALFORMED_PAYLOAD;
    return new Reading.Unreadable(Reason.of(code), Optional.empty(), Octets.of(body));
  }

  private Reading read() {
    Optional<Reason> refusal = refusal();
    if (refusal.isPresent()) {
      return new Reading.Unreadable(refusal.get(), reference(), canonical);
    }
    return direction == Direction.FORWARD ? forward() : backward();
  }

  private Reading.Forward forward() {
    return new Reading.Forward(
        reference().orElseThrow(),
        body.get("proposal"),
        Optional.ofNullable(body.get("context")),
        texts("authority"),
        Optional.ofNullable(body.get("observed_at")).map(JsonNode::textValue),
        body.get("evaluated_at").textValue(),
        window(),
        canonical);
  }

  private Reading.Backward backward() {
    return new Reading.Backward(
        reference().orElseThrow(),
        body.get("core_ir"),
        texts("render_targets"),
        CardinalityMode.parse(body.get("cardinality_mode").textValue()).orElseThrow(),
        Optional.ofNullable(body.get("context")),
        texts("authority"),
        Optional.ofNullable(body.get("observed_at")).map(JsonNode::textValue),
        body.get("evaluated_at").textValue(),
        window(),
        canonical);
  }

  private List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    body.path(name).forEach(element -> texts.add(element.textValue()));
    return texts;
  }

  private OptionalLong window() {
    return body.has("decision_window_ms")
        ? OptionalLong.of(body.get("decision_window_ms").longValue())
        : OptionalLong.empty();
  }

  private List<String> required() {
    return direction == Direction.FORWARD ? FORWARD : BACKWARD;
  }

  private Optional<Reason> refusal() {
    if (!body.isObject()) {
      return Optional.of(Reason.of(ReasonCode.MALFORMED_PAYLOAD));
    }
    List<String> absent = new ArrayList<>();
    for (String name : required()) {
      if (!body.has(name)) {
        absent.add(name);
      }
    }
    if (!absent.isEmpty()) {
      return Optional.of(Reason.missing(ReasonCode.MISSING_REQUIRED_FIELD, absent));
    }
    return unknownMember()
        .or(this::malformedMember)
        .or(this::malformedTargets)
        .or(this::authorityOverLimit)
        .or(this::targetsOverLimit)
        .or(this::unnamed);
  }

  private Optional<Reason> unknownMember() {
    String first = null;
    for (Map.Entry<String, JsonNode> member : body.properties()) {
      String name = member.getKey();
      boolean known = SHARED.contains(name) || required().contains(name);
      if (!known && (first == null || name.compareTo(first) < 0)) {
        first = name;
      }
    }
    return Optional.ofNullable(first)
        .map(
            name ->
                PLAIN_NAME.matcher(name).matches()
                    ? Reason.at(ReasonCode.UNKNOWN_FIELD, "/" + name)
                    : Reason.of(ReasonCode.UNKNOWN_FIELD));
  }

  private Optional<Reason> malformedMember() {
    for (String name : List.of("ruleset", "evaluated_at", "observed_at")) {
      if (body.has(name) && !body.get(name).isTextual()) {
        return malformed("/" + name);
      }
    }
    JsonNode window = body.get("decision_window_ms");
    if (window != null && !isWindow(window)) {
      return malformed("/decision_window_ms");
    }
    JsonNode grants = body.get("authority");
    if (grants != null && !grants.isArray()) {
      return malformed("/authority");
    }
    for (int i = 0; grants != null && i < grants.size(); i++) {
      if (!grants.get(i).isTextual()) {
        return malformed("/authority/" + i);
      }
    }
    return Optional.empty();
  }

  private Optional<Reason> malformedTargets() {
    if (direction == Direction.FORWARD) {
      return Optional.empty();
    }
    JsonNode targets = body.get("render_targets");
    if (!targets.isArray() || targets.isEmpty()) {
      return malformed("/render_targets");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < targets.size(); i++) {
      if (!targets.get(i).isTextual() || !names.add(targets.get(i).textValue())) {
        return malformed("/render_targets/" + i);
      }
    }
    JsonNode mode = body.get("cardinality_mode");
    return mode.isTextual() && CardinalityMode.parse(mode.textValue()).isPresent()
        ? Optional.empty()
        : malformed("/cardinality_mode");
  }

  private Optional<Reason> targetsOverLimit() {
    return body.path("render_targets").size() > limits.ruleset().renderings()
        ? Optional.of(Reason.at(ReasonCode.PAYLOAD_TOO_LARGE, "/render_targets"))
        : Optional.empty();
  }

  private boolean isWindow(JsonNode window) {
    return window.isLong()
        && window.longValue() >= 0
        && window.longValue() <= limits.ruleset().maxWindowMs();
  }

  private Optional<Reason> authorityOverLimit() {
    JsonNode grants = body.path("authority");
    if (grants.size() > limits.grants()) {
      return Optional.of(Reason.at(ReasonCode.PAYLOAD_TOO_LARGE, "/authority"));
    }
    for (int i = 0; i < grants.size(); i++) {
      if (grants.get(i).textValue().length() > limits.grantLength()) {
        return Optional.of(Reason.at(ReasonCode.PAYLOAD_TOO_LARGE, "/authority/" + i));
      }
    }
    return Optional.empty();
  }

  private Optional<Reason> unnamed() {
    return reference().isPresent()
        ? Optional.empty()
        : Optional.of(Reason.at(ReasonCode.UNKNOWN_RULESET, "/ruleset"));
  }

  private Optional<RulesetReference> reference() {
    return Optional.ofNullable(body.path("ruleset").textValue()).flatMap(RulesetReference::parse);
  }

  private static Optional<Reason> malformed(String pointer) {
    return Optional.of(Reason.at(ReasonCode.MALFORMED_PAYLOAD, pointer));
  }
}
