package dev.nofate.gate.tally;

import java.time.Instant;
import java.util.List;

/**
 * What was answered to a tenant in an hour with one state and reason.
 *
 * @param hour its start
 * @param state one of the four
 * @param gate the gate that failed, or empty
 * @param code why, or empty
 * @param evaluations how many
 * @param durations counts by {@link Buckets#DURATION_MICROS}
 * @param ages counts by {@link Buckets#AGE_MS}; requests that state no observation are not in it
 */
public record Hour(
    Instant hour,
    String state,
    String gate,
    String code,
    long evaluations,
    List<Long> durations,
    List<Long> ages) {}
