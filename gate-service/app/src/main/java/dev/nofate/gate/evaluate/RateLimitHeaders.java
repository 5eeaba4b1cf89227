package dev.nofate.gate.evaluate;

import dev.nofate.gate.admission.Ticket;
import dev.nofate.kit.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The RateLimit header fields (IETF draft-ietf-httpapi-ratelimit-headers). */
final class RateLimitHeaders {

  private static final int WINDOW_SECONDS = 60;

  private RateLimitHeaders() {}

  static Map<String, String> of(Ticket ticket) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "RateLimit-Policy",
        list(ticket, level -> ";q=" + level.perMinute() + ";w=" + WINDOW_SECONDS));
    headers.put(
        "RateLimit",
        list(ticket, level -> ";r=" + level.remaining() + ";t=" + (level.fullMs() + 999) / 1000));
    return headers;
  }

  static ProblemException on(ProblemException refusal, Ticket ticket) {
    of(ticket).forEach(refusal::with);
    return refusal.with("Retry-After", Long.toString(ticket.retrySeconds()));
  }

  private static String list(Ticket ticket, Function<Ticket.Level, String> parameters) {
    return ticket.levels().stream()
        .map(level -> "\"" + level.name() + "\"" + parameters.apply(level))
        .collect(Collectors.joining(", "));
  }
}
