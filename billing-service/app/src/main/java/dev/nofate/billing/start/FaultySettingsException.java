package dev.nofate.billing.start;

import java.util.List;

/** The service did not start; the message has a line a fault. */
public final class FaultySettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public FaultySettingsException(List<String> faults) {
    super("The service does not start with these settings:\n - " + String.join("\n - ", faults));
  }
}
