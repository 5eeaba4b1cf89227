package dev.nofate.system.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Verdict;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A tenant of the suite, as its own programs use it. */
public record Tenant(Suite suite, String id, String key) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** With the ruleset that the tests' proposals are for. */
  public Tenant withRuleset() {
    request().body(Proposals.RULESET).post("/v1/rulesets").then().statusCode(201);
    return this;
  }

  public RequestSpecification request() {
    return suite.anonymous().header("x-api-key", key);
  }

  public Response evaluate(String idempotencyKey, String body) {
    return request()
        .header("Idempotency-Key", idempotencyKey)
        .body(body)
        .post("/v1/evaluations/forward");
  }

  public Response evaluate(String body) {
    return evaluate(UUID.randomUUID().toString(), body);
  }

  /** The chain as exported. */
  public byte[] export() {
    return request().get("/v1/audit/export").then().statusCode(200).extract().asByteArray();
  }

  /** The chain's events as exported. */
  public List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    try (var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(export())) {
      lines.forEachRemaining(events::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  public List<JsonNode> events(String type) {
    return events().stream().filter(event -> event.get("type").textValue().equals(type)).toList();
  }

  /** What the offline verifier says of the export. */
  public Verdict verdict() {
    try {
      return ChainVerifier.startingAtGenesis(UUID.fromString(id))
          .acceptAll(new ByteArrayInputStream(export()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String standing() {
    return account("standing");
  }

  /** A member of the account. */
  public String account(String member) {
    return request().get("/v1/billing/account").then().statusCode(200).extract().path(member);
  }

  /** Whether a period adds up, as billing-service sees it. */
  public JsonNode reconciliation(String period) {
    try {
      return JSON.readTree(
          request()
              .get("/v1/billing/reconciliation?period=" + period)
              .then()
              .statusCode(200)
              .extract()
              .asByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ledger entries, oldest first. */
  public List<JsonNode> ledger() {
    try {
      JsonNode page =
          JSON.readTree(
              request()
                  .get("/v1/billing/ledger?limit=100")
                  .then()
                  .statusCode(200)
                  .extract()
                  .asByteArray());
      List<JsonNode> entries = new ArrayList<>();
      page.get("items").forEach(entries::add);
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Delivers a signed webhook about one of the tenant's invoices; answers the status. */
  public int webhook(String eventId, String type, String invoiceId, String status) {
    return suite.webhook(
        Proposals.invoiceEvent(
            eventId.replace("-", ""), type, invoiceId, account("stripe_customer_id"), status));
  }

  @Override
  public String toString() {
    return "Tenant[" + id + "]";
  }
}
