package dev.nofate.meter.close;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.period.Period;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ClosingMarkTest {

  private static final TenantId TENANT = TenantId.of("6b1f0000-0000-4000-8000-000000000001");
  private static final Period TEN =
      new Period(Instant.parse("2026-11-23T10:00:00Z"), Instant.parse("2026-11-23T11:00:00Z"));

  @Test
  void fencesThePeriodByTheLogsClock() {
    AppendRequest mark = ClosingMark.of(TENANT, TEN);

    assertThat(mark.tenant()).isEqualTo(TENANT);
    assertThat(mark.notBefore()).isEqualTo("2026-11-23T11:00:00.000000Z");
    assertThat(mark.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.type()).isEqualTo(EventType.PERIOD_CLOSED);
              assertThat(event.subject()).isNull();
              assertThat(event.payload())
                  .isEqualTo(
                      Map.of(
                          "period_start", "2026-11-23T10:00:00.000000Z",
                          "period_end", "2026-11-23T11:00:00.000000Z"));
            });
  }

  /** The id as any RFC 9562 library derives it: version 5, the tenant being the namespace. */
  @Test
  void hasAnIdThatNeverChanges() {
    assertThat(ClosingMark.of(TENANT, TEN).appendId())
        .isEqualTo(UUID.fromString("78f252b2-dfa1-5f79-83ef-c6942adde425"));
  }

  @Test
  void hasAnotherIdForAnotherTenantStartOrEnd() {
    TenantId other = TenantId.of("6b1f0000-0000-4000-8000-000000000002");
    Period longer = new Period(TEN.start(), Instant.parse("2026-11-23T12:00:00Z"));
    Period later = new Period(Instant.parse("2026-11-23T10:30:00Z"), TEN.end());

    assertThat(
            new UUID[] {
              ClosingMark.of(TENANT, TEN).appendId(),
              ClosingMark.of(other, TEN).appendId(),
              ClosingMark.of(TENANT, longer).appendId(),
              ClosingMark.of(TENANT, later).appendId()
            })
        .doesNotHaveDuplicates();
  }
}
