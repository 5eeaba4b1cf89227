package dev.nofate.audit.append;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlanTest {

  private static final UUID TENANT = new UUID(1, 1);
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456789Z");

  private final Position genesis = Position.genesis(TENANT);

  @Test
  void placesABatchInOrderOfArrivalAtOneTime() {
    Plan plan = Plan.of(genesis, List.of(pending(1, 2), pending(2, 3)), Set.of(), NOW);

    assertThat(plan.writes()).extracting(Plan.Write::firstSeq).containsExactly(1L, 3L);
    assertThat(plan.writes()).extracting(Plan.Write::lastSeq).containsExactly(2L, 5L);
    assertThat(plan.entries())
        .extracting(entry -> entry.envelope().at())
        .containsOnly(Instant.parse("2026-11-23T10:00:00.123456Z"));
    ChainVerifier verifier = ChainVerifier.startingAtGenesis(TENANT);
    plan.entries().forEach(verifier::accept);
    assertThat(verifier.verdict()).isEqualTo(new Verdict.Valid(5, plan.head()));
  }

  @Test
  void writesAnIdOnceAndAnswersItsRepetitionAsReplayed() {
    Pending first = pending(7, 2);
    Pending again = pending(7, 1);
    Plan plan = Plan.of(genesis, List.of(first, again), Set.of(), NOW);
    plan.writes().forEach(Plan.Write::complete);

    assertThat(plan.head().seq()).isEqualTo(2);
    assertThat(first.answer().join().replayed()).isFalse();
    assertThat(again.answer().join().replayed()).isTrue();
    assertThat(again.answer().join().entries()).isEqualTo(first.answer().join().entries());
  }

  @Test
  void leavesOutWhatTheLogKnows() {
    Pending known = pending(1, 1);
    Plan plan = Plan.of(genesis, List.of(known, pending(2, 1)), Set.of(new UUID(9, 1)), NOW);

    assertThat(plan.known()).containsExactly(known);
    assertThat(plan.writes()).hasSize(1);
  }

  @Test
  void comparesNotBeforeWithTheTimeTheEventsWouldGet() {
    Position later =
        Position.behind(
            genesis.next(
                Instant.parse("2026-11-23T12:00:00Z"),
                "admin_action",
                null,
                dev.nofate.audit.chain.Payload.EMPTY));
    Pending fence = notBefore(pending(1, 1), Instant.parse("2026-11-23T11:00:00Z"));

    assertThat(Plan.of(genesis, List.of(fence), Set.of(), NOW).early()).containsExactly(fence);
    assertThat(Plan.of(later, List.of(fence), Set.of(), NOW).early()).isEmpty();
  }

  @Test
  void mayHoldNothingToWrite() {
    Plan plan = Plan.of(genesis, List.of(notBefore(pending(1, 1), Instant.MAX)), Set.of(), NOW);

    assertThat(plan.writes()).isEmpty();
    assertThat(plan.head()).isEqualTo(genesis);
  }

  private static Pending pending(int id, int events) {
    return new Pending(Replica.draft(TENANT, new UUID(9, id), events));
  }

  private static Pending notBefore(Pending pending, Instant time) {
    Draft draft = pending.draft();
    return new Pending(new Draft(draft.appendId(), draft.tenant(), draft.events(), time));
  }
}
