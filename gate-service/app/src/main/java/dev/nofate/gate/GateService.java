package dev.nofate.gate;

import dev.nofate.kit.start.Forms;
import dev.nofate.kit.start.Start;
import dev.nofate.kit.start.Variable;
import dev.nofate.kit.start.Variables;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts gate-service. */
@QuarkusMain
public final class GateService {

  private static final int MOST_CONNECTIONS = 1_000;
  private static final int HIGHEST_RATE_LIMIT = 100_000_000;
  private static final int SHORTEST_SALT = 32;

  static final Variables VARIABLES =
      Variables.of(
          Variable.needed("DATABASE_URL", Forms.databaseUrl()),
          Variable.optional("DATABASE_OWNER_URL", Forms.databaseUrl()),
          Variable.optional("DATABASE_CA_FILE", Forms.file()),
          Variable.optional("REDIS_CA_FILE", Forms.file()),
          Variable.optional("DATABASE_POOL_SIZE", Forms.number(1, MOST_CONNECTIONS)),
          Variable.needed("REDIS_URL", Forms.redisUrl()),
          Variable.needed("AUDIT_URL", Forms.httpUrl()),
          Variable.needed("BILLING_URL", Forms.httpUrl()),
          Variable.needed("API_SECRET_SALT", Forms.secrets(SHORTEST_SALT)),
          Variable.optional(
              "ADMIN_API_KEY", Forms.pattern("not an API key", "nf_(test|live)_[A-Za-z0-9_-]{43}")),
          Variable.optional("CLERK_ISSUER", Forms.httpUrl()),
          Variable.optional("DEFAULT_RATE_LIMIT", Forms.number(1, HIGHEST_RATE_LIMIT)));

  public static void main(String... arguments) {
    Start.checked(VARIABLES, arguments);
  }
}
