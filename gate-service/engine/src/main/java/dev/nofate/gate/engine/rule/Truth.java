package dev.nofate.gate.engine.rule;

/** What a condition, or a part of one, comes to; joined as CEL joins. */
enum Truth {
  FALSE,
  TRUE,
  /** An evaluation error, or a value that is no boolean. */
  ERROR;

  static Truth of(boolean value) {
    return value ? TRUE : FALSE;
  }

  Truth not() {
    return switch (this) {
      case FALSE -> TRUE;
      case TRUE -> FALSE;
      case ERROR -> ERROR;
    };
  }

  /** False wins over an error. */
  Truth and(Truth other) {
    if (this == FALSE || other == FALSE) {
      return FALSE;
    }
    return this == ERROR || other == ERROR ? ERROR : TRUE;
  }

  /** True wins over an error. */
  Truth or(Truth other) {
    return not().and(other.not()).not();
  }

  Verdict verdict() {
    return switch (this) {
      case FALSE -> Verdict.NOT_FIRED;
      case TRUE -> Verdict.FIRED;
      case ERROR -> Verdict.FAILED;
    };
  }
}
