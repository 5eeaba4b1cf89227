package dev.nofate.cli.load;

import dev.nofate.audit.chain.Payload;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * Appends to one chain, each with the events of one evaluation, sent as gate-service sends them.
 * What is counted are acknowledged appends.
 */
final class AppendLoad implements ClosedLoop.Load {

  private static final int OK = 200;

  private final String auditUrl;
  private final Map<String, String> headers;
  private final UUID tenant;
  private final EvaluationEvents shape = new EvaluationEvents();

  AppendLoad(String auditUrl, String token, UUID tenant) {
    this.auditUrl = auditUrl;
    this.headers = Map.of("Authorization", "Bearer " + token);
    this.tenant = tenant;
  }

  @Override
  public String url() {
    return auditUrl + "/internal/audit/appends";
  }

  @Override
  public ClosedLoop.Request next() {
    UUID append = UUID.randomUUID();
    StringBuilder body = new StringBuilder(1_500);
    body.append("{\"append_id\":\"%s\",\"tenant\":\"%s\",\"events\":[".formatted(append, tenant));
    String between = "";
    for (Map.Entry<String, Payload> event : shape.next()) {
      body.append(between)
          .append("{\"type\":\"")
          .append(event.getKey())
          .append("\",\"subject\":\"")
          .append(append)
          .append("\",\"payload\":")
          .append(event.getValue().canonical())
          .append('}');
      between = ",";
    }
    return new ClosedLoop.Request(
        headers, body.append("]}").toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String judge(int status, Buffer body) {
    return status == OK ? "" : "status " + status;
  }
}
