package dev.nofate.billing.paging;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Page;
import dev.nofate.kit.problem.ProblemException;
import java.util.List;
import java.util.function.Function;

/** The parameters {@code limit} and {@code after}, and pages cut by them. */
public final class PageQuery {

  private PageQuery() {}

  /**
   * Reads a whole number.
   *
   * @throws ProblemException 400 when it is something else or out of range
   */
  public static long number(String text, String name, long absent, long least, long most) {
    if (text == null) {
      return absent;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw new ProblemException(
        ErrorCode.BAD_REQUEST, "%s is not a number from %d to %d".formatted(name, least, most));
  }

  /** A page of at most {@code size} out of one more, with the cursor behind its last item. */
  public static <T> Page<T> page(List<T> found, int size, Function<T, String> cursor) {
    List<T> shown = found.subList(0, Math.min(size, found.size()));
    String next = found.size() > size ? cursor.apply(shown.get(shown.size() - 1)) : null;
    return new Page<>(shown, next);
  }
}
