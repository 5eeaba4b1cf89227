package dev.nofate.gate.paging;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import java.util.UUID;

/**
 * Query parameters of lists. They arrive as text: a framework that reads them as numbers answers
 * 404 to what is none.
 */
public final class PageQuery {

  private PageQuery() {}

  /**
   * Reads a whole number.
   *
   * @param absent the number of a parameter that is not there
   * @throws ProblemException 400 when it is something else or out of range
   */
  public static int number(String text, String name, int absent, int least, int most) {
    if (text == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw refused(name + " is not a number from " + least + " to " + most);
  }

  /**
   * Reads a cursor that is an id; null when there is none.
   *
   * @throws ProblemException 400 when it is something else
   */
  public static UUID id(String text, String name) {
    if (text == null) {
      return null;
    }
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw refused(name + " is not a cursor of this list");
    }
  }

  private static ProblemException refused(String observed) {
    return new ProblemException(ErrorCode.BAD_REQUEST, observed);
  }
}
