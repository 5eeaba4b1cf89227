package dev.nofate.audit.append;

import io.vertx.pgclient.PgException;
import java.util.Set;

/** What a failed attempt says about the next one. */
enum Failure {
  /** The chain ends elsewhere than was believed, or the append id is known. */
  CONFLICT,
  /** The attempt's outcome is unknown, or it was rolled back and another may succeed. */
  TRANSIENT,
  /** Another attempt would end the same way. */
  PERMANENT;

  private static final String UNIQUE_VIOLATION = "23505";

  /**
   * Classes of SQLSTATE (PostgreSQL, appendix A): connection, read-only after a fail-over, rollback
   * by deadlock or serialization, resources, cancelled or shut down, system.
   */
  private static final Set<String> TRANSIENT_CLASSES =
      Set.of("08", "25", "40", "53", "55", "57", "58");

  static Failure of(Throwable thrown) {
    if (thrown instanceof HeadGoneException) {
      return CONFLICT;
    }
    if (!(thrown instanceof PgException refused) || refused.getSqlState() == null) {
      return TRANSIENT;
    }
    String state = refused.getSqlState();
    if (state.equals(UNIQUE_VIOLATION)) {
      return CONFLICT;
    }
    return TRANSIENT_CLASSES.contains(state.substring(0, 2)) ? TRANSIENT : PERMANENT;
  }
}
