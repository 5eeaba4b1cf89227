package dev.nofate.meter.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.EventType;
import dev.nofate.billing.contract.LedgerPosition;
import dev.nofate.billing.contract.OpenUsage;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.chain.BrokenChainException;
import dev.nofate.meter.fixture.FakeChains;
import dev.nofate.meter.period.Period;
import dev.nofate.meter.period.PeriodCalendar;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageFoldTest {

  private static final TenantId TENANT = TenantId.of("6b1f0000-0000-4000-8000-000000000001");
  private static final LedgerPosition EMPTY = new LedgerPosition(TENANT, 0, 0, null, List.of());

  private final PeriodCalendar hours = new PeriodCalendar(Duration.ofHours(1));
  private final FakeChains chains = new FakeChains(1000).at("2026-11-23T10:59:00Z");
  private final UsageFold start = UsageFold.behind(hours, EMPTY);

  @Test
  void sumsUsageAndTakesThePeriodOfTheFirst() {
    chains.at("2026-11-23T09:10:00Z").add(TENANT, EventType.TENANT_CREATED, Map.of());
    chains.at("2026-11-23T10:59:00Z").evaluation(TENANT, 10).evaluation(TENANT, 32);

    UsageFold fold = fold(start, chains.of(TENANT));

    assertThat(fold.units()).isEqualTo(new UsageUnits(2, 42, 4, 12, 18));
    assertThat(fold.period())
        .contains(
            new Period(
                Instant.parse("2026-11-23T10:00:00Z"), Instant.parse("2026-11-23T11:00:00Z")));
    assertThat(fold.open()).isEqualTo(new OpenUsage(0, 7, fold.units()));
    assertThat(fold.draft(TENANT).firstSeq()).isEqualTo(1);
    assertThat(fold.draft(TENANT).lastSeq()).isEqualTo(7);
    assertThat(fold.next().afterSeq()).isEqualTo(7);
    assertThat(fold.next().units()).isEqualTo(UsageUnits.NONE);
  }

  @Test
  void endsBeforeTheFirstEventAtThePeriodsEnd() {
    UsageFold fold = fold(start, chains.usage(TENANT, 1).of(TENANT));

    ChainEvent last =
        chains.at("2026-11-23T10:59:59.999999Z").add(TENANT, EventType.GATE_PASSED, Map.of());
    ChainEvent next =
        chains.at("2026-11-23T11:00:00Z").add(TENANT, EventType.GATE_PASSED, Map.of());

    assertThat(fold.endsBefore(last)).isFalse();
    assertThat(fold.endsBefore(next)).isTrue();
    assertThat(start.endsBefore(next)).isFalse();
  }

  @Test
  void refusesAHoleInTheChain() {
    List<ChainEvent> events = chains.evaluation(TENANT, 1).of(TENANT);

    assertThatThrownBy(() -> start.plus(events.get(1)))
        .isInstanceOf(BrokenChainException.class)
        .hasMessage("event 2 stands where event 1 belongs");
    assertThatThrownBy(() -> start.plus(events.get(0)).plus(events.get(0)))
        .isInstanceOf(BrokenChainException.class);
  }

  @Test
  void refusesTimeThatGoesBack() {
    ChainEvent first = chains.add(TENANT, EventType.GATE_PASSED, Map.of());
    ChainEvent second = chains.add(TENANT, EventType.GATE_PASSED, Map.of());
    ChainEvent earlier =
        new ChainEvent(
            "2026-11-23T10:58:59.999999Z",
            Map.of(),
            second.seq(),
            null,
            second.tenant(),
            second.type(),
            1,
            second.hash());

    assertThatThrownBy(() -> start.plus(first).plus(earlier))
        .isInstanceOf(BrokenChainException.class)
        .hasMessage("time goes back at event 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes_in", "bytes_out", "gates_executed", "audit_writes"})
  void refusesUsageThatIsNotAWholeNumber(String unit) {
    Map<String, Object> payload = new HashMap<>();
    payload.putAll(Map.of("bytes_in", 1L, "bytes_out", 2, "gates_executed", 6, "audit_writes", 9));
    for (Object bad : new Object[] {null, -1, 1.5, "1", List.of()}) {
      payload.put(unit, bad);
      ChainEvent event =
          new ChainEvent(
              "2026-11-23T10:59:00.000000Z",
              payload,
              1,
              null,
              TENANT.toString(),
              EventType.USAGE_RECORDED,
              1,
              "");

      assertThatThrownBy(() -> start.plus(event))
          .isInstanceOf(BrokenChainException.class)
          .hasMessage("event 1 carries no usable " + unit);
    }
  }

  @Test
  void continuesOnlyTheLedgerItStartedBehind() {
    UsageFold fold =
        UsageFold.behind(
            hours, new LedgerPosition(TENANT, 1, 7, "2026-11-23T10:00:00Z", List.of()));

    assertThat(
            fold.continues(new LedgerPosition(TENANT, 1, 7, "2026-11-23T10:00:00Z", List.of(1L))))
        .isTrue();
    assertThat(fold.continues(new LedgerPosition(TENANT, 2, 9, "2026-11-23T11:00:00Z", List.of())))
        .isFalse();
    assertThat(fold.continues(new LedgerPosition(TENANT, 1, 7, "2026-11-23T10:30:00Z", List.of())))
        .isFalse();
    assertThat(fold.continues(EMPTY)).isFalse();
  }

  private static UsageFold fold(UsageFold from, List<ChainEvent> events) {
    UsageFold fold = from;
    for (ChainEvent event : events) {
      fold = fold.plus(event);
    }
    return fold;
  }
}
