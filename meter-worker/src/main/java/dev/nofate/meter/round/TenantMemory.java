package dev.nofate.meter.round;

import dev.nofate.audit.contract.ChainHead;
import dev.nofate.billing.contract.OpenUsage;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.meter.usage.UsageFold;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the last round read, so that the next one reads on from there. Losing it costs reading and
 * changes nothing.
 */
@ApplicationScoped
public class TenantMemory {

  /**
   * One tenant.
   *
   * @param fold what is behind the last entry
   * @param shown the open usage that was shown last, if any
   * @param settled whether all filed entries are reported
   */
  record Seen(UsageFold fold, Optional<OpenUsage> shown, boolean settled) {

    /** Whether a turn would find nothing to do. */
    boolean isCurrent(ChainHead head, Instant now) {
      return settled
          && fold.throughSeq() == head.seq()
          && fold.period().filter(period -> period.isOverAt(now)).isEmpty();
    }

    /** Whether this is shown already; that more events without usage were read changes nothing. */
    boolean shows(OpenUsage usage) {
      return shown
          .filter(old -> old.afterSeq() == usage.afterSeq() && old.units().equals(usage.units()))
          .isPresent();
    }

    Seen settled(boolean now) {
      return new Seen(fold, shown, now);
    }
  }

  private final int capacity;
  private final Map<TenantId, Seen> seen = new ConcurrentHashMap<>();

  public TenantMemory(RoundConfig config) {
    this.capacity = config.rememberedTenants();
  }

  Optional<Seen> of(TenantId tenant) {
    return Optional.ofNullable(seen.get(tenant));
  }

  /** Whether there is room for the tenant. Nobody is pushed out: that would forget everybody. */
  boolean hasRoomFor(TenantId tenant) {
    return seen.containsKey(tenant) || seen.size() < capacity;
  }

  void put(TenantId tenant, Seen now) {
    if (hasRoomFor(tenant)) {
      seen.put(tenant, now);
    }
  }

  void forget(TenantId tenant) {
    seen.remove(tenant);
  }
}
