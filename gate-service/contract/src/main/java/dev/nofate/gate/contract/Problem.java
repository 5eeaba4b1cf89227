package dev.nofate.gate.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.List;

/**
 * A problem document, {@code application/problem+json} (RFC 9457).
 *
 * @param type stable identifier of the kind of problem
 * @param title one sentence, the same for every occurrence
 * @param status the HTTP status
 * @param detail what was observed in this occurrence, without any content of the request; may be
 *     absent
 * @param code the stable code
 * @param state for refusals of admission (402, 429): the terminal state; absent otherwise
 * @param errors for documents with several faults: each of them; absent otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
    URI type,
    String title,
    int status,
    String detail,
    ErrorCode code,
    String state,
    List<?> errors) {

  /** The media type of problem documents. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** A problem with a code and what was observed. */
  public static Problem of(ErrorCode code, String detail) {
    return new Problem(code.type(), code.title(), code.status(), detail, code, null, null);
  }

  /** The same problem with the terminal state that the refusal stands for. */
  public Problem withState(String terminalState) {
    return new Problem(type, title, status, detail, code, terminalState, errors);
  }

  /** The same problem with every single fault. */
  public Problem withErrors(List<?> faults) {
    return new Problem(type, title, status, detail, code, state, List.copyOf(faults));
  }
}
