package dev.nofate.gate.admission;

import dev.nofate.gate.contract.Caller;
import java.util.List;
import java.util.UUID;

/**
 * What a call asks admission for, all of it or nothing.
 *
 * @param caller whose quotas it counts against
 * @param evaluations the distinct evaluations it asks for
 * @param requests how many it asks for
 * @param bytes how long its body is
 */
public record Demand(Caller caller, List<UUID> evaluations, int requests, long bytes) {

  public Demand {
    evaluations = List.copyOf(evaluations);
  }

  /** One evaluation. */
  public static Demand of(Caller caller, UUID evaluation, long bytes) {
    return new Demand(caller, List.of(evaluation), 1, bytes);
  }

  /** What is taken from each quota: a unit a request, and one for each further piece of body. */
  long cost(long bytesPerUnit) {
    return requests + Math.max(0, bytes - 1) / bytesPerUnit;
  }
}
