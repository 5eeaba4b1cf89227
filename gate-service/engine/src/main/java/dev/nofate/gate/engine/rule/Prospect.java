package dev.nofate.gate.engine.rule;

import java.util.List;

/**
 * What follows from conditions that are open.
 *
 * @param missing names of the absent facts of which each can still change what follows, sorted
 * @param result what follows whatever the absent facts are; counts when nothing is missing
 */
public record Prospect<R>(List<String> missing, R result) {

  public Prospect {
    missing = List.copyOf(missing);
  }
}
