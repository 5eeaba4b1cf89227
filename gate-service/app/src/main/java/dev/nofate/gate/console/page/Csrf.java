package dev.nofate.gate.console.page;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.signin.Visit;
import dev.nofate.kit.identity.OwnPages;
import dev.nofate.kit.problem.ProblemException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * That a form came from a page of the console: by the token that every form carries, which is bound
 * to the session and known to its pages alone, and by what browsers say about where it came from.
 */
@ApplicationScoped
public class Csrf {

  private final OwnPages pages;
  private final CurrentVertxRequest current;

  Csrf(OwnPages pages, CurrentVertxRequest current) {
    this.pages = pages;
    this.current = current;
  }

  String token(Visit visit) {
    return visit.caller().csrfTokens().stream().findFirst().orElse("");
  }

  /**
   * Lets a form pass that came from a page of this visit.
   *
   * @throws ProblemException 403 otherwise
   */
  public void check(Visit visit, String given) {
    if (!pages.mayHaveMade(current.getCurrent().request())) {
      throw new ProblemException(ErrorCode.FORBIDDEN, "The form came from a page of another site");
    }
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
