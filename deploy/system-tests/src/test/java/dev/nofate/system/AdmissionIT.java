package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is let in: rate limit, and standing as Stripe's events move it. */
@SuiteTest
class AdmissionIT {

  /** A standing reaches the gate within this time. */
  private static final Duration REACHES_THE_GATE = Duration.ofSeconds(5);

  private static final Duration WORKER = Duration.ofSeconds(15);

  @Test
  void aFloodIsRefusedAndRecordedOncePerWindow(Suite suite) {
    Tenant tenant = suite.tenant(5).withRuleset();
    int refused = 0;
    for (int i = 0; i < 25; i++) {
      int status = tenant.evaluate(Proposals.transfer(i)).statusCode();
      assertThat(status).isIn(200, 429);
      refused += status == 429 ? 1 : 0;
    }
    assertThat(refused).isBetween(15, 20);
    tenant
        .evaluate(Proposals.transfer(1))
        .then()
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .header("RateLimit-Policy", "\"tenant\";q=5;w=60")
        .body("state", equalTo("NO_DETERMINISTIC_OUTCOME"));
    int expected = refused + 1;
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              List<JsonNode> windows = tenant.events("rate_limit_exceeded");
              assertThat(windows).hasSizeBetween(1, 3);
              assertThat(windows.stream().mapToInt(w -> w.at("/payload/count").asInt()).sum())
                  .isEqualTo(expected);
            });
  }

  @Test
  void aFailedPaymentSuspendsAfterTheGraceAndAPaymentReactivates(Suite suite) {
    Tenant tenant = suite.tenant().withRuleset();
    assertThat(tenant.webhook("evt_f_" + tenant.id(), "invoice.payment_failed", "in_1", "open"))
        .isEqualTo(200);
    standing(tenant, "GRACE");
    tenant.evaluate(Proposals.transfer(1)).then().statusCode(200);
    standing(tenant, "SUSPENDED");
    await()
        .atMost(REACHES_THE_GATE)
        .until(() -> tenant.evaluate(Proposals.transfer(1)).statusCode() == 402);
    tenant
        .evaluate(Proposals.transfer(1))
        .then()
        .statusCode(402)
        .body("code", equalTo("BILLING_HOLD"))
        .body("state", equalTo("NO_DETERMINISTIC_OUTCOME"));
    tenant.request().get("/v1/evaluations").then().statusCode(200);
    tenant.webhook("evt_p_" + tenant.id(), "invoice.paid", "in_1", "paid");
    standing(tenant, "ACTIVE");
    await()
        .atMost(REACHES_THE_GATE)
        .until(() -> tenant.evaluate(Proposals.transfer(1)).statusCode() == 200);
    await()
        .atMost(WORKER)
        .untilAsserted(
            () ->
                assertThat(tenant.events("standing_changed"))
                    .extracting(event -> event.at("/payload/to").textValue())
                    .containsExactly("GRACE", "SUSPENDED", "ACTIVE"));
  }

  @Test
  void aWebhookDeliveredTwiceActsOnce(Suite suite) {
    Tenant tenant = suite.tenant();
    for (int i = 0; i < 3; i++) {
      assertThat(tenant.webhook("evt_t_" + tenant.id(), "invoice.payment_failed", "in_2", "open"))
          .isEqualTo(200);
    }
    standing(tenant, "GRACE");
    tenant.webhook("evt_u_" + tenant.id(), "invoice.paid", "in_2", "paid");
    standing(tenant, "ACTIVE");
    await()
        .atMost(WORKER)
        .untilAsserted(() -> assertThat(tenant.events("standing_changed")).hasSize(2));
  }

  @Test
  void aFailureThatArrivesAfterItsPaymentChangesNothing(Suite suite) {
    Tenant tenant = suite.tenant();
    tenant.webhook("evt_v_" + tenant.id(), "invoice.paid", "in_3", "paid");
    await()
        .atMost(WORKER)
        .untilAsserted(() -> assertThat(tenant.events("invoice_state_changed")).hasSize(1));
    tenant.webhook("evt_w_" + tenant.id(), "invoice.payment_failed", "in_3", "open");
    tenant.webhook("evt_x_" + tenant.id(), "invoice.payment_failed", "in_4", "open");
    standing(tenant, "GRACE");
    tenant.webhook("evt_y_" + tenant.id(), "invoice.paid", "in_4", "paid");
    standing(tenant, "ACTIVE");
    assertThat(tenant.events("standing_changed"))
        .noneMatch(event -> event.at("/payload").toString().contains("in_3"));
  }

  @Test
  void aWebhookWithABadSignatureIsRefused(Suite suite) {
    for (String header : List.of("", "t=1,v1=00", "v1=x", "t=,v1=", "nonsense")) {
      suite
          .anonymous()
          .header("Stripe-Signature", header)
          .body("{\"id\":\"evt_1\",\"type\":\"invoice.paid\"}")
          .post("/webhooks/stripe")
          .then()
          .statusCode(400)
          .body("code", equalTo("SIGNATURE_INVALID"));
    }
  }

  private static void standing(Tenant tenant, String expected) {
    await().atMost(WORKER).until(tenant::standing, expected::equals);
  }
}
