package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.cli.Nofate;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Tenants and keys as a newcomer makes them, and how long a revoked key lives on. */
@SuiteTest
class KeysIT {

  /** What the documents promise. */
  private static final Duration PROMISED = Duration.ofSeconds(30);

  private static final List<String> SERVICES =
      List.of("gate-service", "audit-service", "billing-service");

  @Test
  void aTenantAndItsKeysAreMadeRotatedAndRevokedFromTheCommandLine(Suite suite) {
    String admin = text(run(suite, suite.file().adminToken(), "tenants", "create", "by command"));
    assertThat(admin).startsWith("nf_");
    String key =
        text(
            run(
                suite,
                admin,
                "keys",
                "create",
                "--scope",
                "evaluate,audit:read",
                "--expires",
                "P1D"));
    assertThat(status(suite, "gate-service", key)).isEqualTo(200);
    assertThat(status(suite, "billing-service", key)).isEqualTo(403);
    String id = idOf(suite, admin, key);
    String fresh = text(run(suite, admin, "keys", "rotate", id, "--overlap", "PT1H"));
    assertThat(fresh).startsWith("nf_").isNotEqualTo(key);
    assertThat(status(suite, "gate-service", key)).isEqualTo(200);
    assertThat(status(suite, "gate-service", fresh)).isEqualTo(200);
    Result listed = run(suite, admin, "keys", "list");
    assertThat(listed.out()).contains(id, fresh.substring(0, 12)).doesNotContain(fresh, key);
    run(suite, admin, "keys", "revoke", idOf(suite, admin, fresh));
    assertThat(status(suite, "gate-service", fresh)).isEqualTo(401);
    assertThat(command(suite, "nf_test_" + "A".repeat(43), "keys", "list").code()).isEqualTo(1);
  }

  @Test
  void aRevokedKeyIsRefusedEverywhereWithinHalfAMinute(Suite suite) {
    String admin = text(run(suite, suite.file().adminToken(), "tenants", "create", "revocation"));
    String key =
        text(run(suite, admin, "keys", "create", "--scope", "evaluate,audit:read,billing:read"));
    // Every service has just been told that the key is good: the worst moment to revoke it.
    SERVICES.forEach(service -> assertThat(status(suite, service, key)).isEqualTo(200));
    run(suite, admin, "keys", "revoke", idOf(suite, admin, key));
    long revoked = System.nanoTime();
    Map<String, Long> ended = new LinkedHashMap<>();
    await()
        .atMost(PROMISED)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              for (String service : SERVICES) {
                if (!ended.containsKey(service) && status(suite, service, key) == 401) {
                  ended.put(service, (System.nanoTime() - revoked) / 1_000_000);
                }
              }
              return ended.size() == SERVICES.size();
            });
    System.out.printf("FIGURE revocation: refused after, in ms: %s%n", ended);
    assertThat(ended).containsOnlyKeys(SERVICES);
  }

  private static int status(Suite suite, String service, String key) {
    String path =
        switch (service) {
          case "gate-service" -> "/v1/evaluations";
          case "audit-service" -> "/v1/audit/events?limit=1";
          default -> "/v1/billing/account";
        };
    return suite.anonymous().header("x-api-key", key).get(path).statusCode();
  }

  private static String idOf(Suite suite, String admin, String key) {
    return suite
        .anonymous()
        .header("x-api-key", admin)
        .get("/v1/api-keys?limit=100")
        .then()
        .statusCode(200)
        .extract()
        .path("items.find { it.prefix == '" + key.substring(0, 12) + "' }.id");
  }

  private record Result(int code, String out, String err) {}

  private static String text(Result result) {
    return result.out().strip();
  }

  private static Result run(Suite suite, String key, String... arguments) {
    Result result = command(suite, key, arguments);
    assertThat(result.code()).as(result.err()).isZero();
    return result;
  }

  private static Result command(Suite suite, String key, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine nofate =
        Nofate.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--url", suite.gatewayUrl(), "--key", key));
    return new Result(nofate.execute(all.toArray(String[]::new)), out.toString(), err.toString());
  }
}
