package dev.nofate.billing.outbox;

/** Why an operator acts: text that the audit log can hold. */
public final class Reason {

  private static final int LONGEST = 500;

  /** What it is, in words. */
  public static final String FORM =
      "1 to " + LONGEST + " characters without U+0000 and unpaired surrogates";

  private Reason() {}

  /** Whether it says something, in characters that JSON and Postgres have a place for. */
  public static boolean isGiven(String text) {
    return text != null
        && !text.isBlank()
        && text.length() <= LONGEST
        && text.codePoints().allMatch(c -> c != 0 && Character.getType(c) != Character.SURROGATE);
  }
}
