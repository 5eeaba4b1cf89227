package dev.nofate.checks;

import java.util.Map;
import java.util.stream.Collectors;

/** The answers that may take longer than others at the public gateways. */
public final class LongAnswers {

  /**
   * How long an answer may take.
   *
   * @param whole seconds for the whole answer; 0 is no limit
   * @param idle seconds in which nothing of it moves
   */
  public record Bounds(String service, int whole, int idle) {}

  /** By path; one with a bracket is a regular expression. */
  public static final Map<String, Bounds> BY_PATH =
      Map.of(
          "/v1/audit/export", new Bounds("audit-service", 0, 60),
          "/console/audit/export", new Bounds("gate-service", 0, 60),
          "/v1/evaluations/contents", new Bounds("gate-service", 0, 60),
          "/v1/rulesets/[^/]+/backtest", new Bounds("gate-service", 0, 60),
          "/v1/audit/verify", new Bounds("audit-service", 600, 600),
          "/console/audit/verification", new Bounds("gate-service", 120, 120));

  private LongAnswers() {}

  public static boolean isPlain(String path) {
    return !path.contains("[");
  }

  /** The service behind each path. */
  public static Map<String, String> services() {
    return BY_PATH.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().service()));
  }
}
