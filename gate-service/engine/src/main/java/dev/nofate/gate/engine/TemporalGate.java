package dev.nofate.gate.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges the times of a request against each other and against the time of receipt. */
final class TemporalGate {

  private TemporalGate() {}

  /**
   * What the gate found.
   *
   * @param temporal empty when a timestamp is invalid
   * @param failure why the gate fails
   */
  record Result(Optional<Temporal> temporal, Optional<Reason> failure) {}

  static Result judge(CompiledRuleset ruleset, Reading.Readable request, Admission admission) {
    Optional<Instant> evaluated = Timestamp.parse(request.evaluatedAt());
    if (evaluated.isEmpty()) {
      return invalid("/evaluated_at");
    }
    Instant evaluatedAt = evaluated.orElseThrow();
    Optional<Instant> observed = request.observedAt().flatMap(Timestamp::parse);
    boolean later = observed.filter(evaluatedAt::isBefore).isPresent();
    if (request.observedAt().isPresent() && (observed.isEmpty() || later)) {
      return invalid("/observed_at");
    }
    long window = request.decisionWindowMs().orElse(ruleset.decisionWindowMs());
    Optional<Duration> age = observed.map(from -> Duration.between(from, evaluatedAt));
    Optional<Temporal.Status> status = age.map(elapsed -> status(elapsed, window));
    Temporal temporal =
        new Temporal(
            status,
            age.isPresent() ? OptionalLong.of(ceilingMs(age.orElseThrow())) : OptionalLong.empty());
    Instant receivedAt = Timestamp.parse(admission.receivedAt()).orElseThrow();
    Duration skew = Duration.between(receivedAt, evaluatedAt).abs();
    return new Result(
        Optional.of(temporal),
        failure(status, exceeds(skew, ruleset.maxClockSkewMs())).map(Reason::of));
  }

  private static Optional<ReasonCode> failure(Optional<Temporal.Status> status, boolean skewed) {
    if (skewed || status.equals(Optional.of(Temporal.Status.DRIFTED))) {
      return Optional.of(ReasonCode.TIME_DRIFT_EXCEEDED);
    }
    return status.filter(Temporal.Status.STALE::equals).map(stale -> ReasonCode.STALE_INPUT);
  }

  private static Temporal.Status status(Duration age, long window) {
    if (!exceeds(age, window)) {
      return Temporal.Status.FRESH;
    }
    return exceeds(age, 2 * window) ? Temporal.Status.DRIFTED : Temporal.Status.STALE;
  }

  private static boolean exceeds(Duration duration, long ms) {
    return duration.compareTo(Duration.ofMillis(ms)) > 0;
  }

  /** Rounded up, so that the number never reads fresher than the judgement. */
  private static long ceilingMs(Duration duration) {
    return duration.plusNanos(999_999).toMillis();
  }

  private static Result invalid(String pointer) {
    return new Result(
        Optional.empty(), Optional.of(Reason.at(ReasonCode.INVALID_TIMESTAMP, pointer)));
  }
}
