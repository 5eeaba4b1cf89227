package dev.nofate.gate.console.page;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.signin.Visit;
import dev.nofate.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The token that every form carries: bound to the session, known to its pages alone. */
@ApplicationScoped
public class Csrf {

  String token(Visit visit) {
    return visit.caller().csrfTokens().stream().findFirst().orElse("");
  }

  /**
   * Lets a form pass that came from a page of this visit.
   *
   * @throws ProblemException 403 otherwise
   */
  public void check(Visit visit, String given) {
    boolean good =
        given != null
            && visit.caller().csrfTokens().stream()
                .anyMatch(token -> MessageDigest.isEqual(bytes(token), bytes(given)));
    if (!good) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "The form's token did not belong to this session");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
