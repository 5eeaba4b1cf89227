package dev.nofate.invoice.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.invoice.fixture.FakeBilling;
import dev.nofate.invoice.fixture.FakeBilling.State;
import dev.nofate.invoice.fixture.FakeLog;
import dev.nofate.invoice.fixture.Steps;
import dev.nofate.invoice.fixture.StripeJson;
import dev.nofate.invoice.fixture.Worker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The worker's threads, while calls that have the payment provider asked get no answer. */
@Timeout(60)
class SideBySideTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final TenantId TENANT = TenantId.of("6b1f0000-0000-4000-8000-000000000001");
  private static final String CUSTOMER = "cus_TWb7c8d9e0f1a2";

  private final FakeBilling billing = new FakeBilling().customer(CUSTOMER, TENANT);
  private final FakeLog log = new FakeLog();
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final CountDownLatch answer = new CountDownLatch(1);
  private final Steps providerHangs =
      new Steps() {
        @Override
        public void before(String call) {
          if (Set.of("poll", "subscription").contains(call)) {
            waiting.add(call);
            awaitQuietly(answer);
            waiting.remove(call);
          }
        }
      };
  private final Rounds rounds =
      new Worker(billing, log)
          .watched(providerHangs)
          .set("nofate.invoice.round.tick", "PT0.02S")
          .set("nofate.invoice.poll.tick", "PT0.02S")
          .start();

  @BeforeEach
  void allThatAsksTheProviderWaits() {
    billing.stored(notice("evt_1")).stored(notice("evt_2"));
    rounds.begin(null);
    await().atMost(PATIENCE).until(() -> waiting.size() == 2);
  }

  @AfterEach
  void end() throws InterruptedException {
    answer.countDown();
    rounds.end(null);
  }

  @Test
  void aPaymentIsSettledAndAuditedMeanwhile() {
    billing.stored(StripeJson.invoice(StripeJson.CLOVER).id("evt_3").type("invoice.paid").claim());

    await().atMost(PATIENCE).until(() -> billing.states().get("evt_3") == State.DONE);
    await().atMost(PATIENCE).until(() -> billing.owed().isEmpty());

    assertThat(log.of(TENANT)).hasSize(1);
    assertThat(waiting).containsExactlyInAnyOrder("poll", "subscription");
  }

  @Test
  void anAccountIsSuspendedAndThatIsAuditedMeanwhile() {
    billing.graceEnds();

    await().atMost(PATIENCE).until(() -> log.of(TENANT).size() == 1);

    assertThat(waiting).containsExactlyInAnyOrder("poll", "subscription");
    await().atMost(PATIENCE).until(rounds::areCurrent);
  }

  @Test
  void theEndOfTheProcessWaitsForWhatIsUnderWayAndBeginsNothingMore() throws Exception {
    Thread end = new Thread(() -> endQuietly(rounds));
    end.start();
    await().during(Duration.ofMillis(300)).atMost(PATIENCE).until(end::isAlive);

    answer.countDown();
    end.join(PATIENCE.toMillis());

    assertThat(end.isAlive()).isFalse();
    assertThat(waiting).isEmpty();
    assertThat(billing.polls()).isEqualTo(1);
    assertThat(billing.states())
        .containsEntry("evt_1", State.DONE)
        .containsEntry("evt_2", State.LEASED);
  }

  private static void endQuietly(Rounds rounds) {
    try {
      rounds.end(null);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StripeEventClaim notice(String id) {
    String type = "customer.subscription.updated";
    return new StripeEventClaim(
        id,
        type,
        1,
        """
        {"id":"%s","type":"%s","created":1795428000,"data":{"object":{"id":"sub_1",
         "object":"subscription","customer":"%s"}}}
        """
            .formatted(id, type, CUSTOMER));
  }
}
