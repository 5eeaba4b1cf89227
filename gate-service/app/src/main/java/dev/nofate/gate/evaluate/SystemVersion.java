package dev.nofate.gate.evaluate;

/** What decided, as the log and the declaration name it (NFCS-AU-002). */
public final class SystemVersion {

  public static final String TEXT = "no-fate/0.1";

  private SystemVersion() {}
}
