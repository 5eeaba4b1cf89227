package dev.nofate.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tenants, with the operator's key. */
@Command(
    name = "tenants",
    mixinStandardHelpOptions = true,
    description = "Tenants, with the operator's key.",
    synopsisSubcommandLabel = "(list | show | create)")
public final class TenantsCommand {

  private static final int PAGE = 100;
  private static final String ROW = "%-36s  %-10s  %-27s  %-35s  %s%n";

  @Spec private CommandSpec spec;

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lists the tenants: id, evaluations a minute, made, organization, name.")
  int list(
      @Mixin Operator operator,
      @Option(names = "--json", description = "Print JSON lines.") boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.printf(ROW, "ID", "RATE LIMIT", "MADE", "ORGANIZATION", "NAME");
    }
    operator
        .operator()
        .forEachItem(
            "/v1/tenants?limit=" + PAGE,
            tenant -> {
              if (json) {
                out.println(tenant);
              } else {
                row(out, tenant);
              }
            });
    out.flush();
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Shows a tenant, as JSON.")
  int show(
      @Mixin Operator operator,
      @Parameters(paramLabel = "<id>", description = "Id of the tenant.") UUID id) {
    JsonNode tenant =
        operator.operator().get("/v1/tenants/" + id).expect(200, "GET /v1/tenants/{id}");
    PrintWriter out = spec.commandLine().getOut();
    out.println(tenant.toPrettyString());
    out.flush();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Makes a tenant with account, log and first key, and prints the key, once.",
        "The same --idempotency-key again finishes what was cut off and prints the same key."
      })
  int create(
      @Mixin Operator operator,
      @Parameters(paramLabel = "<name>", description = "What you call the tenant.") String name,
      @Option(names = "--rate-limit", description = "Evaluations a minute. Default: the suite's.")
          Integer rateLimit,
      @Option(names = "--idempotency-key", description = "Default: a new one, which is printed.")
          String idempotencyKey) {
    ObjectNode wish = Json.MAPPER.createObjectNode().put("name", name);
    if (rateLimit != null) {
      wish.put("rate_limit_per_minute", rateLimit);
    }
    String key = idempotencyKey == null ? UUID.randomUUID().toString() : idempotencyKey;
    PrintWriter err = spec.commandLine().getErr();
    err.println("idempotency key " + key);
    err.flush();
    JsonNode made =
        operator
            .operator()
            .post("/v1/tenants", wish.toString(), Map.of("Idempotency-Key", key))
            .expect(201, "POST /v1/tenants");
    err.printf(
        "tenant %s, key %s with every scope; this is the only time it is shown%n",
        made.path("tenant_id").asText(), made.at("/api_key/id").asText());
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    out.println(made.at("/api_key/key").asText());
    out.flush();
    return 0;
  }

  private static void row(PrintWriter out, JsonNode tenant) {
    JsonNode rateLimit = tenant.path("rate_limit_per_minute");
    out.printf(
        ROW,
        tenant.path("tenant_id").asText(),
        rateLimit.isNumber() ? rateLimit.asText() : "default",
        tenant.path("created_at").asText(),
        tenant.path("clerk_org_id").isTextual() ? tenant.path("clerk_org_id").asText() : "-",
        tenant.path("name").asText());
  }
}
