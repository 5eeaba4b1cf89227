package dev.nofate.billing.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Figures that are the same when everything adds up.
 *
 * @param name what is compared
 * @param verdict what was observed
 * @param observed the same in a sentence
 * @param figures each with where it comes from
 */
public record Check(String name, Verdict verdict, String observed, List<Figure> figures) {

  /** What comparing comes to. */
  public enum Verdict {
    /** All figures are the same. */
    EQUAL,
    /** Two figures differ. */
    DIFFERENT,
    /** A figure is not there yet, and those that are there do not differ. */
    NOT_OBSERVED
  }

  /**
   * One figure.
   *
   * @param name what it counts
   * @param value a whole number; null while it was not observed
   * @param source which service has it, and where
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Figure(String name, Long value, String source) {}

  static Check of(String name, Figure... figures) {
    List<Figure> all = List.of(figures);
    List<Long> values =
        all.stream().map(Figure::value).filter(Objects::nonNull).distinct().toList();
    boolean complete = all.stream().noneMatch(figure -> figure.value() == null);
    if (values.size() > 1) {
      return new Check(name, Verdict.DIFFERENT, listed(all), all);
    }
    return complete
        ? new Check(name, Verdict.EQUAL, "All figures are " + values.get(0) + ".", all)
        : new Check(name, Verdict.NOT_OBSERVED, listed(all), all);
  }

  /** A figure that reaches no further than another. */
  static Check atMost(String name, Figure figure, Figure limit) {
    List<Figure> both = List.of(figure, limit);
    return new Check(
        name,
        figure.value() <= limit.value() ? Verdict.EQUAL : Verdict.DIFFERENT,
        listed(both),
        both);
  }

  private static String listed(List<Figure> figures) {
    return figures.stream()
        .map(
            figure ->
                figure.name()
                    + (figure.value() == null ? " was not observed" : " is " + figure.value()))
        .collect(Collectors.joining(", ", "", "."));
  }
}
