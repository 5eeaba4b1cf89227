package dev.nofate.cli.load;

import java.io.PrintWriter;

/** What was measured, for people; as a record it is JSON as well. */
interface Report {

  /** Whether everything came back as it should. */
  boolean holds();

  void print(PrintWriter out);
}
