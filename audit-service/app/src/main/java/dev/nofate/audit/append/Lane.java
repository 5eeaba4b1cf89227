package dev.nofate.audit.append;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The appends of one tenant that wait, and whether somebody is writing them. */
final class Lane {

  enum Offer {
    FULL,
    WAITS,
    /** It waits, and whoever brought it starts writing. */
    STARTS
  }

  private final Deque<Group> waiting = new ArrayDeque<>();
  private int appends;
  private boolean draining;

  synchronized Offer offer(Group group, int limit) {
    if (appends + group.size() > limit) {
      return Offer.FULL;
    }
    waiting.add(group);
    appends += group.size();
    if (draining) {
      return Offer.WAITS;
    }
    draining = true;
    return Offer.STARTS;
  }

  /** The next batch in order of arrival: at least one group, then as many as the limit lets. */
  synchronized List<Group> take(int maxEvents) {
    List<Group> batch = new ArrayList<>();
    int events = 0;
    while (!waiting.isEmpty()) {
      int more = waiting.peek().events();
      if (!batch.isEmpty() && events + more > maxEvents) {
        break;
      }
      events += more;
      appends -= waiting.peek().size();
      batch.add(waiting.remove());
    }
    return batch;
  }

  /** Ends the writing if nothing waits. */
  synchronized boolean stopWhenEmpty() {
    draining = !waiting.isEmpty();
    return !draining;
  }

  synchronized boolean isIdle() {
    return !draining && waiting.isEmpty();
  }
}
