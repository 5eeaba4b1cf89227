package dev.nofate.audit.chain.proof;

import java.util.Optional;
import java.util.UUID;

/**
 * The name of one tenant's log, {@code <host>/audit/<tenant>}: the first line of its checkpoints
 * and the name of the key that signs them.
 *
 * @param host who runs the log, without scheme, as {@code audit.example.com}
 */
public record Origin(String host, UUID tenant) {

  private static final String BETWEEN = "/audit/";

  /** The origin that a text names, if it has this form. */
  public static Optional<Origin> parse(String text) {
    int between = text.lastIndexOf(BETWEEN);
    if (between <= 0) {
      return Optional.empty();
    }
    String tenant = text.substring(between + BETWEEN.length());
    try {
      Origin origin = new Origin(text.substring(0, between), UUID.fromString(tenant));
      return origin.toString().equals(text) ? Optional.of(origin) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return host + BETWEEN + tenant;
  }
}
