package dev.nofate.meter.usage;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.meter.chain.BrokenChainException;

/** Reads units out of {@code usage_recorded} events. */
public final class UsageReading {

  private UsageReading() {}

  /**
   * The units of one evaluation.
   *
   * @throws BrokenChainException when a unit is absent, negative or not a whole number
   */
  public static UsageUnits of(ChainEvent event) {
    return new UsageUnits(
        1,
        unit(event, "bytes_in"),
        unit(event, "bytes_out"),
        unit(event, "gates_executed"),
        unit(event, "audit_writes"));
  }

  private static long unit(ChainEvent event, String name) {
    Object value = event.payload().get(name);
    if (value instanceof Integer || value instanceof Long) {
      long units = ((Number) value).longValue();
      if (units >= 0) {
        return units;
      }
    }
    throw new BrokenChainException("event " + event.seq() + " carries no usable " + name);
  }
}
