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
    synopsisSubcommandLabel = "(create)")
public final class TenantsCommand {

  @Spec private CommandSpec spec;

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
}
