package dev.nofate.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.gate.contract.Scope;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** API keys: listed, made, rotated, revoked. A key's text is printed once, alone on its line. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "API keys of a tenant.",
    synopsisSubcommandLabel = "(list | create | rotate | revoke)")
public final class KeysCommand {

  private static final int PAGE = 100;

  /** The scopes' column has room for a key with every one of them. */
  private static final String ROW =
      "%-36s  %-12s  %-" + all().length() + "s  %-27s  %-27s  %-27s  %s%n";

  @Spec private CommandSpec spec;

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lists the keys: id, prefix, scopes, end, revocation, last use, name.")
  int list(
      @Mixin Operator operator,
      @Option(names = "--json", description = "Print JSON lines.") boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      out.printf(ROW, "ID", "PREFIX", "SCOPES", "EXPIRES", "REVOKED", "LAST USED", "NAME");
    }
    operator
        .client()
        .forEachItem(
            operator.path("/v1/api-keys?limit=" + PAGE),
            key -> {
              if (json) {
                out.println(key);
              } else {
                row(out, key);
              }
            });
    out.flush();
    return 0;
  }

  @Command(mixinStandardHelpOptions = true, description = "Makes a key and prints it, once.")
  int create(
      @Mixin Operator operator,
      @Option(
              names = "--scope",
              required = true,
              split = ",",
              description = "evaluate, rulesets:write, audit:read, billing:read, admin.")
          List<String> scopes,
      @Option(names = "--name", defaultValue = "made by nofate keys") String name,
      @Option(
              names = "--expires",
              paramLabel = "<time>",
              description = "RFC 3339, or from now on: P90D, PT12H. Default: never.")
          String expires) {
    ObjectNode wish = Json.MAPPER.createObjectNode().put("name", name);
    scopes.forEach(wish.putArray("scopes")::add);
    putEnd(wish, expires);
    JsonNode made =
        operator
            .client()
            .post(operator.path("/v1/api-keys"), wish.toString(), Map.of())
            .expect(201, "POST /v1/api-keys");
    show(made);
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Makes a key that takes another's place and prints it, once.")
  int rotate(
      @Mixin Operator operator,
      @Parameters(paramLabel = "<id>", description = "Id of the key that is replaced.") String id,
      @Option(
              names = "--overlap",
              defaultValue = "PT24H",
              paramLabel = "<ISO-8601>",
              description = "How long the old key stays good. Default: ${DEFAULT-VALUE}.")
          Duration overlap,
      @Option(
              names = "--expires",
              paramLabel = "<time>",
              description = "The new key's end. Default: the old one's.")
          String expires) {
    ObjectNode wish = Json.MAPPER.createObjectNode().put("overlap_s", overlap.toSeconds());
    putEnd(wish, expires);
    JsonNode made =
        operator
            .client()
            .post(
                operator.path("/v1/api-keys/" + segment(id) + "/rotation"),
                wish.toString(),
                Map.of())
            .expect(201, "POST /v1/api-keys/{id}/rotation");
    show(made);
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Revokes a key; it stops being accepted within 30 seconds.")
  int revoke(
      @Mixin Operator operator,
      @Parameters(paramLabel = "<id>", description = "Id of the key.") String id) {
    operator
        .client()
        .delete(operator.path("/v1/api-keys/" + segment(id)))
        .expectStatus(204, "DELETE /v1/api-keys/{id}");
    PrintWriter out = spec.commandLine().getOut();
    out.println("revoked " + id);
    out.flush();
    return 0;
  }

  /** Facts about the key on the error stream, so that the output is the key alone. */
  private void show(JsonNode made) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "key %s, scopes %s, expires %s; this is the only time it is shown%n",
        made.path("id").asText(),
        scopes(made),
        made.path("expires_at").isNull() ? "never" : made.path("expires_at").asText());
    err.flush();
    PrintWriter out = spec.commandLine().getOut();
    out.println(made.path("key").asText());
    out.flush();
  }

  private static void row(PrintWriter out, JsonNode key) {
    out.printf(
        ROW,
        key.path("id").asText(),
        key.path("prefix").asText(),
        scopes(key),
        key.path("expires_at").asText("-"),
        key.path("revoked_at").asText("-"),
        key.path("last_used_at").asText("-"),
        key.path("name").asText());
  }

  private static String all() {
    return Stream.of(Scope.values()).map(Scope::wireName).collect(Collectors.joining(","));
  }

  private static String scopes(JsonNode key) {
    StringBuilder text = new StringBuilder();
    key.path("scopes").forEach(s -> text.append(text.isEmpty() ? "" : ",").append(s.asText()));
    return text.toString();
  }

  private static void putEnd(ObjectNode wish, String expires) {
    if (expires != null) {
      wish.put("expires_at", end(expires, Instant.now()).toString());
    }
  }

  static Instant end(String text, Instant now) {
    try {
      return text.startsWith("P") ? now.plus(Duration.parse(text)) : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new CommandFailure("--expires is neither RFC 3339 nor a duration such as P90D", e);
    }
  }

  /** An id is letters, digits and hyphens; anything else would be another path. */
  private static String segment(String id) {
    if (!id.matches("[0-9A-Za-z-]{1,64}")) {
      throw new CommandFailure("the id of a key is a UUID");
    }
    return id;
  }
}
