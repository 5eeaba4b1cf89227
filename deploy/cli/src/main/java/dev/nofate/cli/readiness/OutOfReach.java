package dev.nofate.cli.readiness;

/**
 * What a check looks at cannot be seen from where the command runs: a variable was not given, a
 * host is not known here. The line is then neither verified nor failed.
 */
final class OutOfReach extends RuntimeException {

  private static final long serialVersionUID = 1L;

  OutOfReach(String why, Object... details) {
    super(why.formatted(details), null, false, false);
  }
}
