package dev.nofate.gate.apikey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.quarkus.test.junit.QuarkusMock;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Keys that are not good are refused from memory, and never keep a good one out. */
@GateTest
class UnknownKeysIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int FLOOD = 60;

  /** What a flood may cost however slow the machine is: the memory holds for seconds. */
  private static final int FEW = 12;

  @Inject TenantDb db;
  @Inject ApiKeys keys;

  @Test
  void aFloodOfOneUnknownKeyHardlyReachesTheDatabase() {
    Counting store = new Counting(db);
    QuarkusMock.installMockForType(store, ApiKeyStore.class);
    String unknown = random();
    for (int i = 0; i < FLOOD; i++) {
      assertThat(status(unknown)).isEqualTo(401);
    }
    assertThat(store.asked).hasValueBetween(1, FEW);
    int before = store.asked.get();
    for (int i = 0; i < 3; i++) {
      assertThat(status(random())).isEqualTo(401);
    }
    assertThat(store.asked.get() - before).isEqualTo(3);
  }

  @Test
  void aKeyThatIsMadeAfterAnUnknownOneWasAskedForWorksAtOnce() {
    Client client = Client.fresh();
    assertThat(status(random())).isEqualTo(401);
    String made =
        client
            .request()
            .body("{\"name\":\"a key\",\"scopes\":[\"evaluate\"]}")
            .post("/v1/api-keys")
            .then()
            .statusCode(201)
            .extract()
            .path("key");
    assertThat(status(made)).isEqualTo(200);
  }

  @Test
  void aTextThatDiffersInOneCharacterDoesNotKeepTheGoodKeyOut() {
    String good = Client.fresh().key();
    char other = good.charAt(20) == 'x' ? 'y' : 'x';
    String bad = good.substring(0, 20) + other + good.substring(21);
    assertThat(status(bad)).isEqualTo(401);
    assertThat(status(good)).isEqualTo(200);
    assertThat(status(bad)).isEqualTo(401);
  }

  /** The one kind of key whose text is known before it is good. */
  @Test
  void aConfiguredKeyWorksAtOnceAlsoWhenItWasAskedForBefore() {
    String text = random();
    assertThat(status(text, "/v1/tenants")).isEqualTo(401);
    install(text);
    try {
      assertThat(status(text, "/v1/tenants")).isEqualTo(200);
    } finally {
      install(PartsTestResource.ADMIN_API_KEY);
    }
    Client.operator().get("/v1/tenants").then().statusCode(200);
  }

  private void install(String text) {
    keys.installConfigured(TenantId.OPERATOR, text).await().atMost(PATIENCE);
  }

  private static String random() {
    return ApiKeySecret.fresh(new SecureRandom(), false).text();
  }

  private static int status(String key) {
    return status(key, "/v1/evaluations");
  }

  private static int status(String key, String path) {
    return given().header("x-api-key", key).get(path).statusCode();
  }

  /** The real store, and how often it was asked whose a key is. */
  static class Counting extends ApiKeyStore {

    private final AtomicInteger asked = new AtomicInteger();

    Counting(TenantDb db) {
      super(db);
    }

    @Override
    Uni<Optional<Caller>> find(List<byte[]> hmacs, Instant now) {
      asked.incrementAndGet();
      return super.find(hmacs, now);
    }
  }
}
