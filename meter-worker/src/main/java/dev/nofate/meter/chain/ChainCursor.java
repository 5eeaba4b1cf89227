package dev.nofate.meter.chain;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.gate.contract.TenantId;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Walks one chain forwards and holds one page of it at most. It asks the log only for events that
 * are known to be there.
 */
public final class ChainCursor {

  private final ChainLog log;
  private final TenantId tenant;
  private long passed;
  private long head;
  private int pagesLeft;
  private Iterator<ChainEvent> page = List.<ChainEvent>of().iterator();
  private ChainEvent ahead;

  /**
   * @param passed the walk starts behind this event; 0 for the start of the chain
   * @param head an event that is known to be there
   * @param pages how many pages may be read
   */
  public ChainCursor(ChainLog log, TenantId tenant, long passed, long head, int pages) {
    this.log = log;
    this.tenant = tenant;
    this.passed = passed;
    this.head = head;
    this.pagesLeft = pages;
  }

  /**
   * The next event, without passing it; nothing at the known head and when no page is left.
   *
   * @throws BrokenChainException when the log ends before an event that it has shown
   */
  public Optional<ChainEvent> peek() {
    if (ahead == null && !page.hasNext() && passed < head && pagesLeft > 0) {
      pagesLeft--;
      page = log.eventsBehind(tenant, passed).iterator();
      if (!page.hasNext()) {
        throw new BrokenChainException("the chain ends at " + passed + ", before its head " + head);
      }
    }
    if (ahead == null && page.hasNext()) {
      ahead = page.next();
    }
    return Optional.ofNullable(ahead);
  }

  /** Goes past the event that {@link #peek} showed. */
  public void pass() {
    passed = ahead.seq();
    ahead = null;
  }

  /** Learns of an event further on. */
  public void extendTo(long seq) {
    head = Math.max(head, seq);
  }

  /** Whether it stopped for want of pages, before the known head. */
  public boolean isSpent() {
    return pagesLeft == 0 && ahead == null && !page.hasNext() && passed < head;
  }
}
