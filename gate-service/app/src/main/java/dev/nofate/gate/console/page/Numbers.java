package dev.nofate.gate.console.page;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;

/** Numbers out of form fields. */
public final class Numbers {

  private Numbers() {}

  /**
   * A whole number within bounds.
   *
   * @throws ProblemException 400 for anything else
   */
  public static int whole(String field, String text, int least, int most) {
    return (int) whole(field, text, (long) least, (long) most);
  }

  public static long whole(String field, String text, long least, long most) {
    try {
      long number = Long.parseLong(text.strip());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException | NullPointerException e) {
      // Told below, like a number out of bounds.
    }
    throw new ProblemException(
        ErrorCode.BAD_REQUEST, field + " is not a whole number within " + least + " and " + most);
  }
}
