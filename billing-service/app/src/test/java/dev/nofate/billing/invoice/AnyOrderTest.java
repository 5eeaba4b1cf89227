package dev.nofate.billing.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.account.AccountState;
import dev.nofate.billing.account.AccountState.Active;
import dev.nofate.billing.account.AccountState.Suspended;
import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.standing.StandingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Events may come twice and in any order (invariant I8): the end is the same. */
class AnyOrderTest {

  private static final Duration GRACE = Duration.ofDays(3);
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  @Property
  void sameObservationsEndInTheSameStanding(
      @ForAll("histories") List<Event> history, @ForAll Random random) {
    assertThat(deliver(shuffledWithRepetitions(history, random)).state())
        .isEqualTo(deliver(history).state());
  }

  @Property
  void sameObservationsEndInTheSameInvoices(
      @ForAll("stripeHistories") List<Event> history, @ForAll Random random) {
    assertThat(deliver(shuffledWithRepetitions(history, random)).invoices())
        .isEqualTo(deliver(history).invoices());
  }

  @Property
  void onceGraceIsOverOnlyWhatIsUnpaidDecides(
      @ForAll("histories") List<Event> history, @ForAll Random random) {
    End end = deliver(shuffledWithRepetitions(history, random));
    AccountState later =
        StandingRules.next(end.state(), end.delinquent(), START.plus(GRACE), GRACE);

    assertThat(later).isEqualTo(end.delinquent() ? new Suspended() : new Active());
  }

  @Provide
  Arbitrary<List<Event>> histories() {
    return events(Arbitraries.of(InvoiceStatus.values()));
  }

  /** As Stripe sends them: no invoice is both paid and void. */
  @Provide
  Arbitrary<List<Event>> stripeHistories() {
    return events(
        Arbitraries.of(InvoiceStatus.values()).filter(status -> status != InvoiceStatus.VOID));
  }

  private static Arbitrary<List<Event>> events(Arbitrary<InvoiceStatus> statuses) {
    return Combinators.combine(Arbitraries.integers().between(1, 3), statuses)
        .as(Event::new)
        .list()
        .ofMaxSize(20);
  }

  private static List<Event> shuffledWithRepetitions(List<Event> history, Random random) {
    List<Event> delivered = new ArrayList<>(history);
    history.stream().filter(event -> random.nextBoolean()).forEach(delivered::add);
    Collections.shuffle(delivered, random);
    return delivered;
  }

  private static End deliver(List<Event> events) {
    Map<Integer, InvoiceStatus> invoices = new HashMap<>();
    AccountState state = new Active();
    for (Event event : events) {
      invoices.merge(event.invoice(), event.status(), InvoiceLattice::merge);
      boolean delinquent = invoices.values().stream().anyMatch(InvoiceLattice::isDelinquent);
      state = StandingRules.next(state, delinquent, START, GRACE);
    }
    return new End(
        state, invoices, invoices.values().stream().anyMatch(InvoiceLattice::isDelinquent));
  }

  record Event(int invoice, InvoiceStatus status) {}

  private record End(
      AccountState state, Map<Integer, InvoiceStatus> invoices, boolean delinquent) {}
}
