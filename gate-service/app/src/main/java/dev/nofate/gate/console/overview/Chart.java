package dev.nofate.gate.console.overview;

import dev.nofate.gate.console.page.Show;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.tally.Hour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Evaluations over time as stacked columns, in a field of fixed size.
 *
 * @param columns oldest first
 * @param most evaluations of the highest column
 */
public record Chart(List<Column> columns, long most) {

  static final int WIDTH = 720;
  static final int HEIGHT = 160;
  private static final double GAP = 0.2;

  /** A span of time. */
  public record Column(
      Instant from, Instant to, long total, List<Part> parts, String x, String w) {}

  /** One state's share of a column. */
  public record Part(String state, long count, String y, String h) {}

  static Chart of(List<Hour> hours, Instant from, Instant to, Duration step) {
    List<Instant> starts = new ArrayList<>();
    for (Instant start = from; start.isBefore(to); start = start.plus(step)) {
      starts.add(start);
    }
    List<Map<String, Long>> counts =
        starts.stream().map(start -> counts(hours, start, start.plus(step))).toList();
    long most = counts.stream().mapToLong(Chart::sum).max().orElse(0);
    List<Column> columns = new ArrayList<>();
    double width = (double) WIDTH / starts.size();
    for (int i = 0; i < starts.size(); i++) {
      columns.add(
          new Column(
              starts.get(i),
              starts.get(i).plus(step),
              sum(counts.get(i)),
              parts(counts.get(i), most),
              number(i * width + width * GAP / 2),
              number(width * (1 - GAP))));
    }
    return new Chart(columns, most);
  }

  private static Map<String, Long> counts(List<Hour> hours, Instant from, Instant to) {
    return hours.stream()
        .filter(hour -> !hour.hour().isBefore(from) && hour.hour().isBefore(to))
        .collect(Collectors.groupingBy(Hour::state, Collectors.summingLong(Hour::evaluations)));
  }

  private static List<Part> parts(Map<String, Long> counts, long most) {
    List<Part> parts = new ArrayList<>();
    double base = HEIGHT;
    for (State state : State.values()) {
      long count = counts.getOrDefault(state.name(), 0L);
      double height = most == 0 ? 0 : (double) count / most * HEIGHT;
      base -= height;
      parts.add(new Part(state.name(), count, number(base), number(height)));
    }
    return parts;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  static String number(double value) {
    return String.format(java.util.Locale.ROOT, "%.2f", value);
  }

  /** The states in the order in which columns stack them. */
  public List<String> states() {
    return Arrays.stream(State.values()).map(Enum::name).toList();
  }

  public String middle() {
    return Show.minute(columns.get(columns.size() / 2).from());
  }

  public Instant from() {
    return columns.get(0).from();
  }

  public Instant to() {
    return columns.get(columns.size() - 1).to();
  }
}
