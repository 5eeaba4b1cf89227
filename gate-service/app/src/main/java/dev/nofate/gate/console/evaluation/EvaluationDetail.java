package dev.nofate.gate.console.evaluation;

import dev.nofate.gate.evaluate.EvaluationRecord;
import dev.nofate.gate.evaluate.EvaluationSummary;
import java.util.List;

/**
 * One evaluation as a walk through the gates.
 *
 * @param summary as lists show it
 * @param record what stays of it after erasure
 * @param kept whether content is kept
 * @param steps the six gates in order
 * @param missing names that the reason gives
 * @param at JSON Pointer that the reason gives; null for none
 * @param rules the derivation
 * @param renderings of a backward evaluation
 * @param facts facts bound, with their values
 * @param temporalStatus FRESH, STALE or DRIFTED; null when not measured
 * @param stalenessMs null when not measured
 * @param headHash hash of the last event
 * @param units what was metered; null without content
 * @param request the body as received
 * @param answer the answer as given, indented
 */
public record EvaluationDetail(
    EvaluationSummary summary,
    EvaluationRecord record,
    boolean kept,
    List<Step> steps,
    List<String> missing,
    String at,
    List<RuleStep> rules,
    List<RenderingStep> renderings,
    List<Fact> facts,
    String temporalStatus,
    Long stalenessMs,
    String headHash,
    Units units,
    String request,
    String answer) {

  /**
   * A gate of the walk.
   *
   * @param number counts from 1
   * @param outcome {@code passed}, {@code ended here} or {@code not reached}
   * @param code why the run ended here; null otherwise
   */
  public record Step(int number, String gate, String outcome, String code) {
    public boolean passed() {
      return outcome.equals(PASSED);
    }

    public boolean ended() {
      return outcome.equals(ENDED);
    }
  }

  static final String PASSED = "passed";
  static final String ENDED = "ended here";
  static final String NOT_REACHED = "not reached";

  /** A rule of the derivation with its citation. */
  public record RuleStep(
      String rule,
      String fired,
      String outcome,
      String when,
      String cite,
      List<String> facts,
      List<String> silencedBy) {}

  /** A rendering target. */
  public record RenderingStep(String name, boolean complete, List<String> missing) {}

  /** A fact that a rule was bound to. */
  public record Fact(String name, String value) {}

  /** What was metered. */
  public record Units(long bytesIn, long bytesOut, long gatesExecuted, long auditWrites) {}

  /** Where the event list starts that shows this evaluation's events. */
  public long before() {
    return record.firstSeq() - 1;
  }

  /** The ruleset's reference; null when none was found. */
  public String ruleset() {
    return summary.ruleset();
  }
}
