package dev.nofate.kit.problem;

/**
 * Recognises failures that mean that a part the service stands on is away, by the part's driver.
 */
public interface Outage {

  /** Whether this failure, apart from its causes, says so. */
  boolean is(Throwable failure);
}
