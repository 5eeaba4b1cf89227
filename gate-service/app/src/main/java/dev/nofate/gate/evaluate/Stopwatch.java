package dev.nofate.gate.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Laps of a request for the header {@code Server-Timing}, in milliseconds. */
final class Stopwatch {

  private final List<String> laps = new ArrayList<>();
  private long last = System.nanoTime();

  synchronized void lap(String name) {
    long now = System.nanoTime();
    laps.add(String.format(Locale.ROOT, "%s;dur=%.3f", name, (now - last) / 1e6));
    last = now;
  }

  synchronized String header() {
    return String.join(", ", laps);
  }
}
