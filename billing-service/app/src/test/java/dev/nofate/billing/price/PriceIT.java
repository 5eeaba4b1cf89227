package dev.nofate.billing.price;

import static dev.nofate.billing.standin.Calls.draft;
import static dev.nofate.billing.standin.Calls.file;
import static dev.nofate.billing.standin.Calls.newAccount;
import static dev.nofate.billing.standin.Calls.newTenant;
import static dev.nofate.billing.standin.Calls.operator;
import static dev.nofate.billing.standin.Calls.reader;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.billing.standin.GateStandIn;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class PriceIT {

  private static final AtomicInteger HOURS = new AtomicInteger();

  private final Instant hour =
      Instant.now().truncatedTo(ChronoUnit.HOURS).plus(10, ChronoUnit.HOURS);

  @Test
  void pricesATenantsHoursByItsOwnVersionAndNobodyElses() {
    TenantId tenant = newAccount();
    int version = add(offer(tenant, hour, "1")).statusCode(201).extract().path("version");

    file(tenant, at(hour.minusSeconds(3600), draft(tenant, 10, 1, 9, 0)))
        .body("price_version", equalTo(1));
    file(tenant, at(hour, draft(tenant, 11, 10, 20, 0)))
        .body("price_version", equalTo(version))
        .body("cost_nanousd", equalTo(6 + 2 * 9));
    TenantId other = newAccount();
    file(other, at(hour, draft(other, 11, 1, 9, 0))).body("price_version", equalTo(1));
    reader(other).get("/v1/billing/prices").then().body("items.version", not(hasItem(version)));
    reader(tenant).get("/v1/billing/prices").then().body("items.version", hasItem(version));
  }

  @Test
  void countsIncludedQuantitiesFromTheStartOfTheMonth() {
    TenantId tenant = newAccount();
    Instant start = Instant.parse("2031-03-31T22:00:00Z");
    String tiers = ",\"tiers\":{\"gates_executed\":[{\"up_to\":9,\"nanousd\":0}]}}";
    add(offer(tenant, start, "1").replaceFirst("}\\s*$", tiers)).statusCode(201);

    file(tenant, at(start, draft(tenant, 1, 1, 9, 0))).body("cost_nanousd", equalTo(18));
    file(tenant, at(start.plusSeconds(3600), draft(tenant, 1, 10, 19, 0)))
        .body("cost_nanousd", equalTo(18 + 3));
    file(tenant, at(start.plusSeconds(7200), draft(tenant, 1, 20, 29, 0)))
        .body("cost_nanousd", equalTo(18));
  }

  @Test
  void answersTheSameOfferWithTheSameVersion() {
    String offer = offer(newAccount(), hour, "1");

    int version = add(offer).statusCode(201).extract().path("version");

    add(offer).statusCode(201).body("version", equalTo(version));
    add(offer.replace("\"nanousd_per_gate\":1", "\"nanousd_per_gate\":2"))
        .statusCode(409)
        .body("code", equalTo("CONFLICT"));
  }

  @Test
  void numbersOffersOfTheSameMomentOneBehindTheOther() {
    TenantId tenant = newAccount();

    List<Integer> versions =
        Concurrently.run(
            6,
            () ->
                add(offer(tenant, hour.plus(HOURS.incrementAndGet(), ChronoUnit.HOURS), "1"))
                    .statusCode(201)
                    .extract()
                    .path("version"));

    assertThat(versions).doesNotHaveDuplicates();
  }

  @Test
  void auditsAVersionInTheChainOfItsTenant() {
    TenantId tenant = newAccount();

    add(offer(tenant, hour, "1")).statusCode(201);

    assertThat(
            Database.column(
                "SELECT payload->>'action' FROM audit_outbox WHERE tenant_id = '%s'"
                    .formatted(tenant)))
        .containsExactly("price_version_added");
  }

  @Test
  void takesPricesForEverybody() {
    Instant far = Instant.parse("2040-01-01T00:00:00Z");

    add(offer(null, far, "1")).statusCode(201).body("tenant_id", nullValue());

    TenantId tenant = newAccount();
    file(tenant, at(far, draft(tenant, 1, 1, 9, 0))).body("price_version", not(equalTo(1)));
  }

  @Test
  void refusesAnHourThatHasBegun() {
    Instant begun = Instant.now().truncatedTo(ChronoUnit.HOURS);

    add(offer(newAccount(), begun, "1")).statusCode(409);
    assertThat(
            Database.column(
                "SELECT version FROM price_book WHERE version > 1 AND effective_from <= recorded_at"))
        .isEmpty();
  }

  @Test
  void refusesATenantWithoutAnAccount() {
    add(offer(newTenant(), hour, "1")).statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "{\"effective_from\":\"2031-01-01T00:30:00Z\"}",
        "{\"tiers\":{\"bytes_in\":[{\"up_to\":5,\"nanousd\":1},{\"up_to\":5,\"nanousd\":1}]}}",
        "{\"tiers\":{\"bytes_in\":[{\"up_to\":0,\"nanousd\":1}]}}",
        "{\"tiers\":{\"bytes\":[]}}",
        "{\"nanousd_per_gate\":\"1\"}"
      })
  void refusesWhatIsNoOffer(String body) {
    add(body).statusCode(400).body("code", equalTo("BAD_REQUEST"));
  }

  @Test
  void namesEveryFaultAtOnce() {
    add("{\"effective_from\":\"soon\"}").statusCode(400).body("errors", hasSize(5));
  }

  @Test
  void takesOffersFromTheOperatorAlone() {
    TenantId tenant = newAccount();

    given()
        .contentType("application/json")
        .header("x-api-key", GateStandIn.admin(tenant))
        .body(offer(tenant, hour, "1"))
        .post("/v1/billing/prices")
        .then()
        .statusCode(403);
  }

  private static ValidatableResponse add(String offer) {
    return operator().body(offer).post("/v1/billing/prices").then();
  }

  private static String offer(TenantId tenant, Instant from, String gate) {
    return """
        {"tenant_id":%s,"effective_from":"%s","nanousd_per_mib_in":0,"nanousd_per_mib_out":0,
         "nanousd_per_gate":%s,"nanousd_per_audit_event":2}
        """
        .formatted(tenant == null ? "null" : "\"" + tenant + "\"", from, gate);
  }

  private static String at(Instant start, String draft) {
    return draft
        .replaceFirst("\"period_start\":\"[^\"]*\"", "\"period_start\":\"" + start + "\"")
        .replaceFirst(
            "\"period_end\":\"[^\"]*\"", "\"period_end\":\"" + start.plusSeconds(3600) + "\"");
  }
}
