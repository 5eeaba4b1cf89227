package dev.nofate.cli.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What the tour prints, and what differed from what it expects. */
public final class Journal {

  private final PrintWriter out;
  private final List<String> differences = new ArrayList<>();

  public Journal(PrintWriter out) {
    this.out = out;
  }

  /** Begins a chapter. */
  public void chapter(String title) {
    out.printf("%n== %s%n%n", title);
    out.flush();
  }

  /** Prints a line. */
  public void say(String line) {
    out.println("  " + line);
    out.flush();
  }

  /** Prints an observation with a mark, and remembers it when it is not the expected one. */
  public void check(boolean asExpected, String observation) {
    out.printf("  %s %s%n", asExpected ? "ok " : "NOT", observation);
    out.flush();
    if (!asExpected) {
      differences.add(observation);
    }
  }

  /** What was not as expected. */
  public List<String> differences() {
    return List.copyOf(differences);
  }
}
