package dev.nofate.cli.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.nofate.cli.Json;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** Answers of the gateway's own: problem documents (RFC 9457). */
final class Problems {

  /**
   * What a 503 states in its Retry-After header: a service that was killed is back within seconds.
   */
  static final String RETRY_AFTER_SECONDS = "1";

  /** What the services' own answers carry; browsers reach the gateway's in the same way. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Type", Problem.MEDIA_TYPE,
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
          "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
          "Content-Security-Policy",
              "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
          "Cache-Control", "no-store");

  private Problems() {}

  /** The header fields of each such answer. */
  static Map<String, String> headers() {
    return HEADERS;
  }

  static Buffer body(ErrorCode code, String detail) {
    try {
      return Buffer.buffer(Json.MAPPER.writeValueAsBytes(Problem.of(code, detail)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem is always JSON", e);
    }
  }

  static void answer(HttpServerRequest request, ErrorCode code, String detail) {
    HttpServerResponse response = request.response();
    if (!response.ended() && !response.closed()) {
      response.setStatusCode(code.status());
      HEADERS.forEach(response::putHeader);
      response.end(body(code, detail));
    }
  }
}
