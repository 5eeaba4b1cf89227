package dev.nofate.kit.identity;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

/**
 * Guards against forged requests across sites: a browser sends a session's cookie with whatever
 * page makes it. So a request that changes something and came with the cookie counts only when the
 * browser says that a page of ours made it ({@code Sec-Fetch-Site}, {@code Origin}), and when it
 * carries the session's token in {@code X-CSRF-Token}, which only such a page can have read.
 */
@ApplicationScoped
class CrossSite {

  static final String HEADER = "X-CSRF-Token";

  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final OwnPages pages;

  CrossSite(OwnPages pages) {
    this.pages = pages;
  }

  /**
   * Lets the request pass or refuses it.
   *
   * @throws ProblemException 403 when a page of ours did not make it
   */
  void check(HttpServerRequest request, Caller caller) {
    if (SAFE.contains(request.method().name())) {
      return;
    }
    if (!pages.made(request)) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN, "The session's cookie came from a page that is not allowed");
    }
    if (!carries(caller, request.getHeader(HEADER))) {
      throw new ProblemException(
          ErrorCode.FORBIDDEN,
          "The session's cookie came without its X-CSRF-Token, which /v1/caller shows");
    }
  }

  private static boolean carries(Caller caller, String token) {
    if (token == null) {
      return false;
    }
    byte[] sent = token.getBytes(StandardCharsets.UTF_8);
    return caller.csrfTokens().stream()
        .anyMatch(good -> MessageDigest.isEqual(good.getBytes(StandardCharsets.UTF_8), sent));
  }
}
