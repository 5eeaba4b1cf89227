package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.cli.stack.StackFile;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * How long a key that has ended lives on, with two replicas of gate-service: it is ended at one,
 * and the other one and the services beside them have just been told that it is good.
 */
@SuiteTest
class RevocationIT {

  /** What the documents promise. */
  private static final Duration PROMISED = Duration.ofSeconds(30);

  /** Time to have a key accepted everywhere before it ends by itself. */
  private static final Duration LIFE = Duration.ofSeconds(8);

  private static final String ENDING_GATE = "gate-service, where it ended";

  @Test
  void aKeyThatEndedAtOneReplicaIsRefusedEverywhereWithinHalfAMinute(Suite suite) {
    StackFile.Running second = suite.replicate("gate-service");
    try {
      endKeysAt(new Gates(suite, suite.tenant(), second.url()));
    } finally {
      ProcessHandle.of(second.pid()).ifPresent(ProcessHandle::destroy);
    }
  }

  private static void endKeysAt(Gates gates) {
    Map<String, Long> revoked = gates.measure("revoked", gates.key(null), gates::revoke);
    Map<String, Long> expired = gates.measure("expired", gates.key(LIFE), Key::expiresAt);
    Map<String, Long> rotated = gates.measure("rotated out", gates.key(null), gates::rotate);

    assertThat(revoked.get(ENDING_GATE)).isLessThan(1_000);
    assertThat(revoked).hasSize(4);
    assertThat(expired).hasSize(4);
    assertThat(rotated).hasSize(4);
  }

  /** A key, and when it ends by itself if it does. */
  private record Key(String id, String text, Instant expiresAt) {}

  /** Ends a key, or does nothing for one that ends by itself; answers when. */
  private interface Ending {
    Instant of(Key key);
  }

  /** The services that take keys; {@code ending} is the replica at which keys are ended. */
  private record Gates(Suite suite, Tenant tenant, String ending) {

    Key key(Duration life) {
      Instant end = life == null ? null : Instant.now().plus(life);
      String expiry = end == null ? "null" : "\"" + end + "\"";
      JsonPath made =
          asAdmin()
              .body(
                  """
                  {"name":"ends soon","scopes":["evaluate","audit:read","billing:read"],
                   "expires_at":%s}
                  """
                      .formatted(expiry))
              .post("/v1/api-keys")
              .then()
              .statusCode(201)
              .extract()
              .jsonPath();
      return new Key(made.getString("id"), made.getString("key"), end);
    }

    Instant revoke(Key key) {
      asAdmin().delete("/v1/api-keys/" + key.id()).then().statusCode(204);
      return Instant.now();
    }

    /** The old key stays good for the overlap; that is its end. */
    Instant rotate(Key key) {
      Instant end = Instant.now().plus(LIFE);
      asAdmin()
          .body("{\"overlap_s\":" + LIFE.toSeconds() + "}")
          .post("/v1/api-keys/" + key.id() + "/rotation")
          .then()
          .statusCode(201);
      return end;
    }

    /** By service, the milliseconds from the key's end until it was refused. */
    Map<String, Long> measure(String what, Key key, Ending ending) {
      Map<String, Supplier<Integer>> doors = doors(key);
      doors.forEach((name, door) -> assertThat(door.get()).as(name).isEqualTo(200));
      Instant end = ending.of(key);
      Map<String, Long> refused = new LinkedHashMap<>();
      await()
          .atMost(LIFE.plus(PROMISED))
          .pollInterval(Duration.ofMillis(100))
          .until(
              () -> {
                doors.forEach(
                    (name, door) -> {
                      if (!refused.containsKey(name) && door.get() == 401) {
                        refused.put(name, Duration.between(end, Instant.now()).toMillis());
                      }
                    });
                return refused.size() == doors.size();
              });
      System.out.printf("FIGURE key %s: refused after its end, in ms: %s%n", what, refused);
      assertThat(refused.values()).allMatch(ms -> ms < PROMISED.toMillis());
      return refused;
    }

    private Map<String, Supplier<Integer>> doors(Key key) {
      Map<String, Supplier<Integer>> doors = new LinkedHashMap<>();
      String gate = suite.serviceUrl("gate-service");
      String audit = suite.serviceUrl("audit-service");
      String billing = suite.serviceUrl("billing-service");
      doors.put(ENDING_GATE, () -> status(key, ending + "/v1/evaluations"));
      doors.put("gate-service, the other", () -> status(key, gate + "/v1/evaluations"));
      doors.put("audit-service", () -> status(key, audit + "/v1/audit/events?limit=1"));
      doors.put("billing-service", () -> status(key, billing + "/v1/billing/account"));
      return doors;
    }

    private RequestSpecification asAdmin() {
      return RestAssured.given()
          .baseUri(ending)
          .contentType("application/json")
          .header("x-api-key", tenant.key());
    }

    private static int status(Key key, String url) {
      return RestAssured.given().header("x-api-key", key.text()).get(url).statusCode();
    }
  }
}
