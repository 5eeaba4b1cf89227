package dev.nofate.cli.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.nofate.cli.Json;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Answers of the gateway's own: problem documents (RFC 9457). */
final class Problems {

  /**
   * What a 503 states in its Retry-After header: a service that was killed is back within seconds.
   */
  static final String RETRY_AFTER_SECONDS = "1";

  private Problems() {}

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
      response
          .setStatusCode(code.status())
          .putHeader("Content-Type", Problem.MEDIA_TYPE)
          .end(body(code, detail));
    }
  }
}
