package dev.nofate.gate.evaluate;

import dev.nofate.gate.admission.Ticket;
import dev.nofate.kit.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The RateLimit header fields (IETF draft-ietf-httpapi-ratelimit-headers). */
final class RateLimitHeaders {

  private static final int WINDOW_SECONDS = 60;

  private RateLimitHeaders() {}

  static Map<String, String> of(Ticket ticket) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("RateLimit-Policy", "\"tenant\";q=" + ticket.limit() + ";w=" + WINDOW_SECONDS);
    headers.put("RateLimit", "\"tenant\";r=" + ticket.remaining() + ";t=" + ticket.resetSeconds());
    return headers;
  }

  static ProblemException on(ProblemException refusal, Ticket ticket) {
    of(ticket).forEach(refusal::with);
    return refusal.with("Retry-After", Long.toString(ticket.resetSeconds()));
  }
}
