package dev.nofate.gate.evaluate;

import dev.nofate.kit.problem.ProblemException;
import java.util.function.Supplier;

/** What became of one item of a batch. */
sealed interface BatchResult {

  /** The answer, as the single endpoint gives it. */
  record Answered(Answer answer) implements BatchResult {}

  /** The problem, as the single endpoint gives it. */
  record Refused(ProblemException problem) implements BatchResult {}

  static BatchResult of(Supplier<Answer> answer) {
    try {
      return new Answered(answer.get());
    } catch (ProblemException e) {
      return new Refused(e);
    }
  }
}
