package dev.nofate.gate.engine.rendering;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a template made of facts.
 *
 * @param content the text; empty unless it is complete
 * @param missing names of values the template reached that are absent, null or of a form the tag
 *     has no text for
 * @param overLimit whether a limit ended it
 */
public record Rendered(String content, SortedSet<String> missing, boolean overLimit) {

  public Rendered {
    missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
  }

  /** Whether every value reached was there. */
  public boolean complete() {
    return missing.isEmpty() && !overLimit;
  }
}
