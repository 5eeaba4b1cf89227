package dev.nofate.kit.bound;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How much work of a kind a replica does at a time, in all and for one tenant. Nothing queues. */
public final class Places {

  private final String work;
  private final int limit;
  private final int limitPerTenant;
  private final Duration retryAfter;
  private final Map<TenantId, Integer> byTenant = new HashMap<>();
  private int taken;

  /**
   * Places that are all free.
   *
   * @param work what runs, as a plural that begins a sentence
   * @param retryAfter what {@code Retry-After} says to whom finds no place, in whole seconds
   */
  public Places(String work, int limit, int limitPerTenant, Duration retryAfter) {
    this.work = work;
    this.limit = limit;
    this.limitPerTenant = limitPerTenant;
    this.retryAfter = retryAfter;
  }

  public synchronized int taken() {
    return taken;
  }

  /**
   * Work that has a place from its subscription on until it ends, fails, or nobody waits for it any
   * more; fails with 503 as {@link #enter} does.
   */
  public <T> Uni<T> within(TenantId tenant, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              enter(tenant);
              return Uni.createFrom()
                  .deferred(work::get)
                  .onTermination()
                  .invoke(() -> leave(tenant));
            });
  }

  /** The same for what is written piece by piece. */
  public <T> Multi<T> streamWithin(TenantId tenant, Supplier<Multi<T>> work) {
    return Multi.createFrom()
        .deferred(
            () -> {
              enter(tenant);
              return Multi.createFrom()
                  .deferred(work::get)
                  .onTermination()
                  .invoke(() -> leave(tenant));
            });
  }

  /**
   * Takes a place, which {@link #leave} gives back.
   *
   * @throws ProblemException 503 with {@code Retry-After} when as much runs as may run
   */
  synchronized void enter(TenantId tenant) {
    int own = byTenant.getOrDefault(tenant, 0);
    if (taken >= limit || own >= limitPerTenant) {
      throw new ProblemException(
              ErrorCode.UNAVAILABLE,
              "%s are running: %d of this tenant, limit %d; %d in all, limit %d"
                  .formatted(work, own, limitPerTenant, taken, limit))
          .with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }
    taken++;
    byTenant.put(tenant, own + 1);
  }

  synchronized void leave(TenantId tenant) {
    taken--;
    byTenant.computeIfPresent(tenant, (key, own) -> own > 1 ? own - 1 : null);
  }
}
