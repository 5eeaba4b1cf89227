package dev.nofate.gate.console.overview;

import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.engine.Gate;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.tally.Buckets;
import dev.nofate.gate.tally.Hour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * What the overview shows.
 *
 * @param range the span that was chosen
 * @param counts what was answered; null for who may not read evaluations
 * @param bill how the account stands; null for who may not read the bill
 */
public record Overview(Range range, Counts counts, Bill bill) {

  /**
   * What was answered.
   *
   * @param chart evaluations over time
   * @param total evaluations in the span
   * @param shares the four states
   * @param ends where runs ended that were no compliance, gate by gate
   * @param durations quantiles from receipt to stored
   * @param ages quantiles from observation to evaluation
   * @param aged evaluations that stated an observation
   */
  public record Counts(
      Chart chart,
      long total,
      List<Share> shares,
      List<GateEnds> ends,
      List<Quantile> durations,
      List<Quantile> ages,
      long aged) {}

  /**
   * How the account stands.
   *
   * @param account standing; null when not told
   * @param accountObserved what was observed instead
   * @param preview the month so far; null when not told
   * @param previewObserved what was observed instead
   */
  public record Bill(
      BillingClient.Account account,
      String accountObserved,
      BillingClient.Preview preview,
      String previewObserved) {}

  /** A state's part of all evaluations. */
  public record Share(String state, long count, String percent, String width) {}

  /** Runs that a gate ended. */
  public record GateEnds(String gate, long count, String width, List<Reason> reasons) {}

  /** Runs that ended with one code. */
  public record Reason(String code, long count) {}

  /** A bound that a share of the evaluations did not exceed. */
  public record Quantile(String name, String bound) {}

  static List<Share> shares(List<Hour> hours, long total) {
    return Arrays.stream(State.values())
        .map(
            state -> {
              long count = count(hours, hour -> hour.state().equals(state.name()));
              double share = total == 0 ? 0 : 100.0 * count / total;
              return new Share(
                  state.name(),
                  count,
                  String.format(Locale.ROOT, "%.1f %%", share),
                  Chart.number(share));
            })
        .toList();
  }

  static List<GateEnds> ends(List<Hour> hours) {
    long most = Arrays.stream(Gate.values()).mapToLong(gate -> ended(hours, gate)).max().orElse(0);
    return Arrays.stream(Gate.values())
        .map(
            gate ->
                new GateEnds(
                    gate.wireName(),
                    ended(hours, gate),
                    Chart.number(most == 0 ? 0 : 100.0 * ended(hours, gate) / most),
                    hours.stream()
                        .filter(hour -> hour.gate().equals(gate.wireName()))
                        .map(Hour::code)
                        .distinct()
                        .sorted()
                        .map(code -> new Reason(code, count(hours, h -> h.code().equals(code))))
                        .toList()))
        .toList();
  }

  private static long ended(List<Hour> hours, Gate gate) {
    return count(hours, hour -> hour.gate().equals(gate.wireName()));
  }

  private static long count(List<Hour> hours, java.util.function.Predicate<Hour> which) {
    return hours.stream().filter(which).mapToLong(Hour::evaluations).sum();
  }

  static List<Quantile> quantiles(
      Buckets buckets,
      List<Hour> hours,
      Function<Hour, List<Long>> histogram,
      LongFunction<String> text) {
    List<Long> sum = new ArrayList<>(Collections.nCopies(buckets.size(), 0L));
    for (Hour hour : hours) {
      List<Long> counts = histogram.apply(hour);
      for (int i = 0; i < counts.size() && i < sum.size(); i++) {
        sum.set(i, sum.get(i) + counts.get(i));
      }
    }
    boolean none = sum.stream().allMatch(count -> count == 0);
    return List.of(0.50, 0.95, 0.99).stream()
        .map(share -> new Quantile(name(share), bound(buckets, sum, share, none, text)))
        .toList();
  }

  private static String name(double share) {
    return String.format(Locale.ROOT, "p%.0f", share * 100);
  }

  private static String bound(
      Buckets buckets, List<Long> sum, double share, boolean none, LongFunction<String> text) {
    if (none) {
      return "none";
    }
    OptionalLong bound = buckets.quantile(sum, share);
    return bound.isPresent()
        ? "≤ " + text.apply(bound.getAsLong())
        : "> " + text.apply(buckets.last());
  }
}
