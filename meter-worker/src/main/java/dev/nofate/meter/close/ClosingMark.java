package dev.nofate.meter.close;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.EventType;
import dev.nofate.audit.contract.NewEvent;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.period.Period;
import java.util.List;
import java.util.Map;

/**
 * The {@code period_closed} event: a fence. The log takes it only once its own clock has passed the
 * period's end, and times in a chain never go back, so nothing behind it can belong to the period.
 */
final class ClosingMark {

  private ClosingMark() {}

  /**
   * The append that sets the mark. Its id is derived from the tenant and <em>both</em> ends of the
   * period: every replica and every repetition makes the same one, and a mark set for a shorter
   * period, before {@code METER_PERIOD} grew, is never taken for the fence of the longer one.
   */
  static AppendRequest of(TenantId tenant, Period period) {
    String start = period.startText();
    String end = period.endText();
    return new AppendRequest(
        UuidCreator.getNameBasedSha1(tenant.value(), "period_closed/" + start + "/" + end),
        tenant,
        List.of(
            new NewEvent(
                EventType.PERIOD_CLOSED, null, Map.of("period_start", start, "period_end", end))),
        end);
  }
}
