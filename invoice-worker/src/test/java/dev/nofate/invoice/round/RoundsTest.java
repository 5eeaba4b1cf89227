package dev.nofate.invoice.round;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.contract.OutboxEvent;
import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.invoice.fixture.FakeBilling;
import dev.nofate.invoice.fixture.FakeBilling.State;
import dev.nofate.invoice.fixture.FakeLog;
import dev.nofate.invoice.fixture.Killed;
import dev.nofate.invoice.fixture.Steps;
import dev.nofate.invoice.fixture.StripeJson;
import dev.nofate.invoice.fixture.Worker;
import jakarta.ws.rs.WebApplicationException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundsTest {

  private static final TenantId TENANT = tenant(1);
  private static final TenantId OTHER = tenant(2);
  private static final String CUSTOMER = "cus_TWb7c8d9e0f1a2";

  private final FakeBilling billing = new FakeBilling().customer(CUSTOMER, TENANT);
  private final FakeLog log = new FakeLog();
  private final Worker worker = new Worker(billing, log);

  @Test
  void completesEventsThatItDoesNotActOn() {
    billing.stored(event("evt_1", "customer.created"));

    Rounds rounds = worker.start();

    rounds.once();

    assertThat(rounds.areCurrent()).isTrue();
    assertThat(billing.states()).containsEntry("evt_1", State.DONE);
    assertThat(worker.counted("nofate.invoice.events", "result", "not_acted_on")).isEqualTo(1);
  }

  @Test
  void failsAnEventOfAnUnknownCustomerAndSettlesItOnceTheCustomerIsKnown() {
    FakeBilling stranger = new FakeBilling().stored(event("evt_1", "invoice.payment_failed"));
    Rounds rounds = new Worker(stranger, log).start();

    rounds.once();
    assertThat(stranger.states()).containsEntry("evt_1", State.FAILED);
    assertThat(stranger.reason("evt_1")).isEqualTo("UNKNOWN_CUSTOMER");

    stranger.customer(CUSTOMER, TENANT).timePasses();
    rounds.once();
    assertThat(stranger.states()).containsEntry("evt_1", State.DONE);
    assertThat(stranger.invoices()).containsValue(InvoiceStatus.PAYMENT_FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "created, null, created is not a time in seconds",
    "created, '\"soon\"', created is not a time in seconds",
    "data, null, data.object is not an object",
    "data, '{\"object\":null}', data.object is not an object"
  })
  void parksAtOnceWhatNoAttemptCanRead(String member, String json, String reason) {
    billing.stored(
        StripeJson.invoice(StripeJson.CLOVER).id("evt_1").withEvent(member, json).claim());

    worker.start().once();

    assertThat(billing.states()).containsEntry("evt_1", State.PARKED);
    assertThat(billing.reason("evt_1")).isEqualTo(reason);
  }

  @Test
  void failsAnEventThatBillingRefuses() {
    billing.stored(
        StripeJson.invoice(StripeJson.CLOVER).id("evt_1").with("currency", "\"dollars\"").claim());

    worker.start().once();

    assertThat(billing.states()).containsEntry("evt_1", State.FAILED);
    assertThat(billing.reason("evt_1")).isEqualTo("billing-service answered 400");
  }

  @Test
  void oneEventWithoutAnAnswerKeepsNoOtherWaiting() {
    billing.stored(event("evt_1", "invoice.payment_failed")).stored(event("evt_2", "invoice.paid"));

    worker.watched(failing("observe PAYMENT_FAILED", new IllegalStateException())).start().once();

    assertThat(billing.reason("evt_1")).isEqualTo("no answer: IllegalStateException");
    assertThat(billing.states()).containsEntry("evt_2", State.DONE);
  }

  @Test
  void anEventWhoseResultIsRefusedKeepsNoOtherWaiting() {
    billing
        .stored(StripeJson.invoice(StripeJson.CLOVER).id("evt_1").without("currency").claim())
        .stored(event("evt_2", "invoice.paid"));

    worker.watched(failing("fail", new WebApplicationException(500))).start().once();

    assertThat(billing.states()).containsEntry("evt_1", State.LEASED);
    assertThat(billing.states()).containsEntry("evt_2", State.DONE);
  }

  @Test
  void auditsInTheSameRoundWhatItMoved() {
    billing.stored(event("evt_1", "invoice.payment_failed")).graceEnds();

    worker.start().once();

    assertThat(log.of(TENANT)).hasSize(2);
    assertThat(billing.owed()).isEmpty();
    assertThat(worker.counted("nofate.invoice.suspensions")).isEqualTo(1);
  }

  @Test
  void oneFailingPartKeepsNoOtherFromRunning() {
    billing.graceEnds();
    Rounds rounds =
        worker.watched(failing("claim INVOICES", new WebApplicationException(503))).start();

    rounds.once();

    assertThat(rounds.areCurrent()).isFalse();
    assertThat(log.of(TENANT)).hasSize(1);
    assertThat(worker.counted("nofate.invoice.failures", "part", "events")).isEqualTo(1);
  }

  @Test
  void keepsATenantsOrderBehindAnEventThatFailed() {
    OutboxEvent unknown = billing.owe(TENANT, "of_a_later_release", "first");
    OutboxEvent behind = billing.owe(TENANT, "standing_changed", "second");
    billing.owe(OTHER, "standing_changed", "third");

    worker.start().once();

    assertThat(billing.owed()).containsExactly(unknown, behind);
    assertThat(log.of(TENANT)).isEmpty();
    assertThat(log.of(OTHER)).hasSize(1);
    assertThat(worker.counted("nofate.invoice.failures", "part", "outbox")).isEqualTo(1);
  }

  @Test
  void relaysManyTenantsAtOnceEachInItsOrder() {
    for (int n = 0; n < 1000; n++) {
      billing.owe(tenant(n % 40), "usage_reported", Integer.toString(n));
    }

    worker
        .set("nofate.invoice.outbox.concurrency", 8)
        .set("nofate.invoice.outbox.page", 150)
        .start()
        .once();

    assertThat(billing.owed()).isEmpty();
    for (int number = 0; number < 40; number++) {
      int first = number;
      assertThat(log.of(tenant(number)))
          .extracting(append -> append.events().get(0).payload().get("what"))
          .containsExactlyElementsOf(
              IntStream.range(0, 25).mapToObj(n -> Integer.toString(first + n * 40)).toList());
    }
  }

  @Test
  void claimsUntilNothingIsLeft() {
    IntStream.range(0, 30)
        .forEach(n -> billing.stored(event("evt_%02d".formatted(n), "customer.created")));
    IntStream.range(30, 60)
        .forEach(n -> billing.stored(event("evt_%02d".formatted(n), "invoice.paid")));

    worker.set("nofate.invoice.event.batch", 5).start().once();

    assertThat(billing.states().values()).hasSize(60).containsOnly(State.DONE);
  }

  @Test
  void beginsNoFurtherStepOnceTheProcessIsEnding() {
    AtomicReference<Rounds> rounds = new AtomicReference<>();
    Killed.At calls = Killed.At.never();
    Steps firstEventEndsIt =
        new Steps() {
          @Override
          public void after(String call) {
            calls.after(call);
            if (call.equals("complete")) {
              end(rounds.get());
            }
          }
        };
    billing.stored(event("evt_1", "invoice.paid")).stored(event("evt_2", "invoice.paid"));

    rounds.set(worker.watched(firstEventEndsIt).start());
    rounds.get().once();

    assertThat(billing.states()).containsEntry("evt_1", State.DONE);
    assertThat(billing.states()).containsEntry("evt_2", State.LEASED);
    assertThat(calls.passed())
        .containsExactly("after claim INVOICES", "after observe PAID", "after complete");
  }

  @Test
  void asksForNothingTwiceInAQuietRound() {
    Killed.At calls = Killed.At.never();

    worker.watched(calls).start().once();

    assertThat(calls.passed())
        .filteredOn(step -> step.startsWith("before"))
        .containsExactly(
            "before claim INVOICES",
            "before claim OTHERS",
            "before poll",
            "before expire graces",
            "before outbox");
  }

  @Test
  void countsInvoicesThatHadMovedWithoutAnEvent() {
    worker.start().once();

    assertThat(worker.counted("nofate.invoice.poll.found")).isEqualTo(1);
  }

  @Test
  void leavesAProviderThatIsSilentAloneForAWhileAndIsReadyWithoutIt() {
    billing.providerIsSilent();
    Rounds rounds = worker.start();

    rounds.once();
    rounds.once();

    assertThat(billing.polls()).isEqualTo(1);
    assertThat(rounds.areCurrent()).isTrue();
  }

  @Test
  void everyPartHasItsCounterOfFailuresFromTheStart() {
    worker.start();

    assertThat(worker.tags("nofate.invoice.failures", "part"))
        .containsExactlyInAnyOrder("events", "notices", "polls", "graces", "outbox");
  }

  private static Steps failing(String call, RuntimeException failure) {
    return new Steps() {
      @Override
      public void before(String made) {
        if (made.equals(call)) {
          throw failure;
        }
      }
    };
  }

  private static void end(Rounds rounds) {
    try {
      rounds.end(null);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StripeEventClaim event(String id, String type) {
    return StripeJson.invoice(StripeJson.CLOVER).id(id).type(type).claim();
  }

  private static TenantId tenant(int number) {
    return new TenantId(new UUID(0x6b1f_0000_0000_4000L, 0x8000_0000_0000_0000L + number));
  }
}
