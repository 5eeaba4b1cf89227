package dev.nofate.cli.load;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.UUID;

/**
 * Evaluations, or what is refused in their place.
 *
 * @param baseUrl the gateway's or gate-service's
 * @param keys they are sent with
 * @param request makes the bodies
 */
record EvaluationLoad(String baseUrl, Keys keys, LoadRequest request) implements ClosedLoop.Load {

  @Override
  public String url() {
    return baseUrl + "/v1/evaluations/forward";
  }

  @Override
  public ClosedLoop.Request next() {
    return new ClosedLoop.Request(
        Map.of("x-api-key", keys.next(), "Idempotency-Key", UUID.randomUUID().toString()),
        request.body());
  }

  @Override
  public String judge(int status, Buffer body) {
    if (status != keys.expectedStatus()) {
      return "status " + status;
    }
    return keys.areRefused() || request.isExpected(body) ? "" : "unexpected state";
  }
}
