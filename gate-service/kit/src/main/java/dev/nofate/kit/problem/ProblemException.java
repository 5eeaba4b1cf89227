package dev.nofate.kit.problem;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** Ends a request with a problem document. Carries what was observed, never content. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final transient Map<String, String> headers = new LinkedHashMap<>();

  public ProblemException(ErrorCode code, String detail) {
    this(Problem.of(code, detail));
  }

  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** Adds a header to the answer. */
  public ProblemException with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  public Problem problem() {
    return problem;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** Nothing was found: the same answer, byte for byte, for what is missing and what is foreign. */
  public static ProblemException notFound() {
    return new ProblemException(ErrorCode.NOT_FOUND, null);
  }
}
