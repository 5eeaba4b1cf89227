package dev.nofate.billing.standin;

import static io.restassured.RestAssured.given;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.servicetoken.ServiceTokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/** HTTP calls as the other services and the tenants make them. */
public final class Calls {

  private Calls() {}

  /** A tenant that no other test knows. */
  public static TenantId newTenant() {
    return new TenantId(UUID.randomUUID());
  }

  /** A tenant with an account. */
  public static TenantId newAccount() {
    TenantId tenant = newTenant();
    gate().put("/internal/accounts/{tenant}", tenant.toString()).then().statusCode(200);
    return tenant;
  }

  /** The customer that stands for a tenant in mock mode. */
  public static String customer(TenantId tenant) {
    return "cus_mock_" + tenant.toString().replace("-", "");
  }

  public static RequestSpecification gate() {
    return as("gate-service");
  }

  public static RequestSpecification meter() {
    return as("meter-worker");
  }

  public static RequestSpecification invoices() {
    return as("invoice-worker");
  }

  /** A request with the token of a service. */
  public static RequestSpecification as(String service) {
    String token =
        ServiceTokens.mint(
            ServiceTokens.readKey(PartsTestResource.keyDirectory().resolve(service + ".pem")),
            service,
            "nofate-local",
            Duration.ofMinutes(5));
    return given().header("Authorization", "Bearer " + token).contentType("application/json");
  }

  /** A request with a key that reads the tenant's bills. */
  public static RequestSpecification reader(TenantId tenant) {
    return given().header("x-api-key", GateStandIn.reader(tenant));
  }

  /** A request with the operator's key. */
  public static RequestSpecification operator() {
    return given()
        .header("x-api-key", GateStandIn.admin(TenantId.OPERATOR))
        .contentType("application/json");
  }

  /** A draft over an hour of 2026-11-23. */
  public static String draft(TenantId tenant, int hour, long firstSeq, long lastSeq, long bytesIn) {
    return String.format(
        Locale.ROOT,
        """
        {"tenant":"%s","period_start":"2026-11-23T%02d:00:00Z","period_end":"2026-11-23T%02d:00:00Z",
         "first_seq":%d,"last_seq":%d,"last_hash":"%s",
         "units":{"evaluations":1,"bytes_in":%d,"bytes_out":567,"gates_executed":6,"audit_writes":9}}
        """,
        tenant,
        hour,
        hour + 1,
        firstSeq,
        lastSeq,
        String.format(Locale.ROOT, "%064x", lastSeq),
        bytesIn);
  }

  public static ValidatableResponse file(TenantId tenant, String draft) {
    return meter().body(draft).post("/internal/ledger/{tenant}/entries", tenant.toString()).then();
  }

  public static ValidatableResponse report(TenantId tenant, long entry) {
    return meter()
        .post("/internal/ledger/{tenant}/entries/{entry}/report", tenant.toString(), entry)
        .then();
  }

  /** Tells what an event says of an invoice. */
  public static ValidatableResponse observe(TenantId tenant, String invoice, String status) {
    String body =
        """
        {"event_id":"evt_%s","invoice_id":"%s","customer_id":"%s","status":"%s",
         "occurred_at":"2026-11-23T10:00:00Z","amount_due_cents":2400,"amount_paid_cents":0,
         "currency":"usd"}
        """
            .formatted(
                UUID.randomUUID().toString().replace("-", ""), invoice, customer(tenant), status);
    return invoices().body(body).post("/internal/settlement/invoice-observations").then();
  }

  /** An invoice id that no other test knows. */
  public static String newInvoice() {
    return "in_" + UUID.randomUUID().toString().replace("-", "");
  }
}
