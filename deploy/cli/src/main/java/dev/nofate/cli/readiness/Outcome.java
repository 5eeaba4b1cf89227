package dev.nofate.cli.readiness;

/** What became of a line. Each says in a sentence what was observed. */
sealed interface Outcome {

  /** What was observed, or why nothing was. */
  String says();

  /** The kind, as reports name it. */
  Verdict verdict();

  /** The kinds of outcome; the wire name is the lower-case name. */
  enum Verdict {
    VERIFIED("verified"),
    FAILED("FAILED"),
    NEEDS_A_PERSON("needs a person"),
    NOT_OBSERVABLE("not observable from here");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** For people. */
    String words() {
      return words;
    }
  }

  /** The line holds; says how that was seen. */
  record Verified(String says) implements Outcome {
    @Override
    public Verdict verdict() {
      return Verdict.VERIFIED;
    }
  }

  /** The line does not hold; says what was seen. */
  record Failed(String says) implements Outcome {
    @Override
    public Verdict verdict() {
      return Verdict.FAILED;
    }
  }

  /** A person signs for the line; says what a program saw of it, or why none decides it. */
  record NeedsPerson(String says) implements Outcome {
    @Override
    public Verdict verdict() {
      return Verdict.NEEDS_A_PERSON;
    }
  }

  /** A check exists, and what it looks at was out of reach. Never counted as verified. */
  record NotObservable(String says) implements Outcome {
    @Override
    public Verdict verdict() {
      return Verdict.NOT_OBSERVABLE;
    }
  }

  static Outcome verified(String says, Object... details) {
    return new Verified(says.formatted(details));
  }

  static Outcome failed(String seen, Object... details) {
    return new Failed(seen.formatted(details));
  }

  static Outcome needsPerson(String says, Object... details) {
    return new NeedsPerson(says.formatted(details));
  }

  static Outcome notObservable(String why, Object... details) {
    return new NotObservable(why.formatted(details));
  }
}
