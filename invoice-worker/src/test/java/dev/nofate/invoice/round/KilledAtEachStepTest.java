package dev.nofate.invoice.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.invoice.fixture.FakeBilling;
import dev.nofate.invoice.fixture.FakeLog;
import dev.nofate.invoice.fixture.Killed;
import dev.nofate.invoice.fixture.StripeJson;
import dev.nofate.invoice.fixture.Worker;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The worker is killed at every call it makes, before and after the call had its effect. */
class KilledAtEachStepTest {

  private static final TenantId TENANT = TenantId.of("6b1f0000-0000-4000-8000-000000000001");

  private static final String SNAPSHOT =
      """
      {"id":"%s","type":"%s","created":1795428000,"data":{"object":{"id":"%s","object":"%s",
       "customer":"cus_TWb7c8d9e0f1a2","mode":"setup","payment_status":"no_payment_required"}}}
      """;

  private static final class Suite {
    private final FakeBilling billing = new FakeBilling();
    private final FakeLog log = new FakeLog();

    Suite() {
      billing.customer("cus_TWb7c8d9e0f1a2", TENANT).graceEnds();
      billing.stored(event("evt_1", "invoice.created").status("draft").claim());
      billing.stored(event("evt_2", "invoice.payment_failed").claim());
      billing.stored(event("evt_3", "customer.created").claim());
      billing.stored(event("evt_4", "invoice.paid").with("id", "\"in_other\"").claim());
      billing.stored(
          new StripeEventClaim(
              "evt_6",
              "customer.subscription.deleted",
              1,
              SNAPSHOT.formatted(
                  "evt_6", "customer.subscription.deleted", "sub_1", "subscription")));
      billing.stored(
          new StripeEventClaim(
              "evt_7",
              "checkout.session.completed",
              1,
              SNAPSHOT.formatted(
                  "evt_7", "checkout.session.completed", "cs_1", "checkout.session")));
      billing.stored(
          new StripeEventClaim(
              "evt_8",
              "v1.billing.meter.no_meter_found",
              1,
              "{\"id\":\"evt_8\",\"object\":\"v2.core.event\","
                  + "\"type\":\"v1.billing.meter.no_meter_found\",\"created\":\"2026-11-23T10:00:00Z\"}"));
      billing.stored(event("evt_5", "invoice.paid").without("currency").claim());
    }

    List<String> run(Killed.At killer) {
      Rounds rounds = new Worker(billing, log).watched(killer).start();
      killer.live(rounds::once);
      billing.timePasses();
      return killer.passed();
    }

    void assertSameAs(Suite expected) {
      assertThat(billing.states()).isEqualTo(expected.billing.states());
      assertThat(billing.invoices()).isEqualTo(expected.billing.invoices());
      assertThat(billing.faults()).isEqualTo(expected.billing.faults());
      assertThat(billing.owed()).isEmpty();
      assertThat(log.of(TENANT))
          .extracting(append -> append.events().get(0))
          .containsExactlyInAnyOrderElementsOf(
              expected.log.of(TENANT).stream().map(append -> append.events().get(0)).toList());
    }

    private static StripeJson event(String id, String type) {
      return StripeJson.invoice(StripeJson.CLOVER).id(id).type(type);
    }
  }

  private final Suite undisturbed = new Suite();
  private final List<String> steps = undisturbed.run(Killed.At.never());

  @Test
  void theUndisturbedWorkerSettlesAuditsAndSuspends() {
    assertThat(undisturbed.billing.states().values())
        .filteredOn(FakeBilling.State.DONE::equals)
        .hasSize(7);
    assertThat(undisturbed.billing.reason("evt_5")).isEqualTo("data.object.currency is not text");
    assertThat(undisturbed.log.of(TENANT))
        .extracting(append -> append.events().get(0).payload().get("what"))
        .containsExactly(
            "in_1SZk3zLkdIwHu7ixB4c5D6e7DRAFT",
            "in_1SZk3zLkdIwHu7ixB4c5D6e7PAYMENT_FAILED",
            "in_otherPAID",
            "subscription_changed",
            "payment_method_given",
            "SUSPENDED");
    assertThat(steps)
        .contains(
            "after claim INVOICES",
            "after claim OTHERS",
            "before observe PAYMENT_FAILED",
            "after observe PAYMENT_FAILED",
            "before complete",
            "after fail",
            "before subscription",
            "after subscription",
            "before checkout",
            "after checkout",
            "before meter fault",
            "after meter fault",
            "before poll",
            "after poll",
            "after expire graces",
            "after outbox",
            "before append STANDING_CHANGED",
            "after append STANDING_CHANGED",
            "before recorded",
            "after recorded");
  }

  @TestFactory
  Stream<DynamicTest> aKilledWorkerLeavesWhatItsSuccessorCompletes() {
    return IntStream.range(0, steps.size())
        .mapToObj(
            fatal ->
                DynamicTest.dynamicTest(
                    "killed at step " + fatal + ", " + steps.get(fatal),
                    () -> {
                      Suite suite = new Suite();
                      assertThat(suite.run(new Killed.At(fatal))).endsWith(steps.get(fatal));
                      suite.run(Killed.At.never());
                      suite.assertSameAs(undisturbed);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> workersThatKeepDyingStillEndAtTheSameState() {
    return IntStream.range(0, 50)
        .mapToObj(
            seed ->
                DynamicTest.dynamicTest(
                    "seed " + seed,
                    () -> {
                      Random random = new Random(seed);
                      Suite suite = new Suite();
                      for (int life = 0; life < 6; life++) {
                        suite.run(new Killed.At(random.nextInt(steps.size())));
                      }
                      suite.run(Killed.At.never());
                      suite.assertSameAs(undisturbed);
                    }));
  }
}
