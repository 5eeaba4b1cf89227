package dev.nofate.cli.verify;

/**
 * One thing that was checked, or was not.
 *
 * @param check what it is about
 * @param outcome how it came out
 * @param observed what was observed, in a sentence
 */
public record Finding(String check, Outcome outcome, String observed) {

  /** How a check came out. */
  public enum Outcome {
    /** Checked, and as stated. */
    HOLDS,
    /** Checked, and not as stated. */
    DIFFERS,
    /** Asked for, and not possible with what was given. */
    NOT_CHECKED,
    /** Not asked for. */
    NOT_ASKED
  }

  static Finding holds(String check, String observed, Object... details) {
    return new Finding(check, Outcome.HOLDS, observed.formatted(details));
  }

  static Finding differs(String check, String observed, Object... details) {
    return new Finding(check, Outcome.DIFFERS, observed.formatted(details));
  }

  static Finding notChecked(String check, String observed, Object... details) {
    return new Finding(check, Outcome.NOT_CHECKED, observed.formatted(details));
  }

  static Finding notAsked(String check, String observed, Object... details) {
    return new Finding(check, Outcome.NOT_ASKED, observed.formatted(details));
  }
}
