package dev.nofate.kit.log;

import io.smallrye.common.vertx.VertxContext;
import java.util.UUID;
import org.jboss.logging.MDC;

/** What stands beside every log line of a request: tenant, evaluation and trace id. */
public final class LogContext {

  private LogContext() {}

  /** Lines from here on are about this evaluation. */
  public static void evaluation(UUID evaluation) {
    put("evaluation", evaluation.toString());
  }

  static void tenant(String tenant) {
    put("tenant", tenant);
  }

  static void trace(String traceId) {
    put("traceId", traceId);
  }

  /**
   * Where there is no request, a value would stay with the thread and stand beside others' lines.
   */
  private static void put(String name, String value) {
    if (VertxContext.isOnDuplicatedContext()) {
      MDC.put(name, value);
    }
  }
}
