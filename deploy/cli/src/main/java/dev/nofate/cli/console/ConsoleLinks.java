package dev.nofate.cli.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.Json;
import dev.nofate.cli.api.ApiClient;
import java.io.PrintWriter;
import java.util.Map;

/**
 * Asks for sign-in links, as the operator.
 *
 * @param gatewayUrl the stack's front door
 * @param adminToken the operator's API key
 */
public record ConsoleLinks(String gatewayUrl, String adminToken) {

  private static final int CREATED = 201;

  /**
   * An address that opens a session once, within minutes.
   *
   * @param tenantId whose console; null for the operator's own
   * @param role {@code admin} or {@code reader}
   */
  public String make(String tenantId, String role) {
    ObjectNode wish = Json.MAPPER.createObjectNode().put("role", role);
    if (tenantId != null) {
      wish.put("tenant_id", tenantId);
    }
    return gatewayUrl
        + new ApiClient(gatewayUrl, adminToken)
            .post("/v1/console-links", wish.toString(), Map.of())
            .expect(CREATED, "POST /v1/console-links")
            .path("path")
            .asText();
  }

  /** Prints a link for a tenant's admin and one for a reader. */
  public void print(PrintWriter out, String tenantId) {
    out.printf("The console, by links that are good once and for 15 minutes:%n");
    out.printf("  admin   %s%n", make(tenantId, "admin"));
    out.printf("  reader  %s%n", make(tenantId, "reader"));
    out.flush();
  }

  @Override
  public String toString() {
    return "ConsoleLinks[" + gatewayUrl + "]";
  }
}
