package dev.nofate.audit;

import dev.nofate.kit.start.Environment;
import dev.nofate.kit.start.Forms;
import dev.nofate.kit.start.Start;
import dev.nofate.kit.start.Variable;
import dev.nofate.kit.start.Variables;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** Starts audit-service. */
@QuarkusMain
public final class AuditService {

  private static final int MOST_CONNECTIONS = 1_000;
  private static final int MOST_EVENTS = 1_000_000;

  static final Variables VARIABLES =
      Variables.of(
              Variable.needed("DATABASE_URL", Forms.databaseUrl()),
              Variable.optional("DATABASE_OWNER_URL", Forms.databaseUrl()),
              Variable.optional("DATABASE_CA_FILE", Forms.file()),
              Variable.optional("DATABASE_POOL_SIZE", Forms.number(1, MOST_CONNECTIONS)),
              Variable.optional("AUDITOR_EVENTS_PER_SECOND", Forms.number(1, MOST_EVENTS)),
              Variable.needed("GATE_URL", Forms.httpUrl()),
              Variable.needed("AUDIT_SIGNING_KEY_FILE", Forms.each(Forms.file())),
              Variable.needed(
                  "AUDIT_LOG_HOST", Forms.pattern("not a host's name", "[!-*,-~]{1,255}")),
              Variable.optional(
                  "AUDIT_RETIRED_KEYS",
                  Forms.each(
                      Forms.pattern("a key is not 32 bytes in Base 64", "[A-Za-z0-9+/]{43}=?"))))
          .and(AuditService::ownName);

  public static void main(String... arguments) {
    Start.checked(VARIABLES, arguments);
  }

  /** The name stands in every checkpoint, for ever. */
  private static List<String> ownName(Environment environment) {
    return environment.isProduction()
            && environment.get("AUDIT_LOG_HOST").orElse("").equals("localhost")
        ? List.of("AUDIT_LOG_HOST: the default, and NOFATE_ENV is production")
        : List.of();
  }
}
