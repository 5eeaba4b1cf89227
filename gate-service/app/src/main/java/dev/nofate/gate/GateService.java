package dev.nofate.gate;

import dev.nofate.kit.start.Environment;
import dev.nofate.kit.start.Forms;
import dev.nofate.kit.start.Start;
import dev.nofate.kit.start.Variable;
import dev.nofate.kit.start.Variables;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.ArrayList;
import java.util.List;

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
                  "ADMIN_API_KEY",
                  Forms.pattern("not an API key", "nf_(test|live)_[A-Za-z0-9_-]{43}")),
              Variable.optional("CLERK_ISSUER", Forms.httpUrl()),
              Variable.optional("CLERK_OAUTH_CLIENT_ID", Forms.text()),
              Variable.optional("CLERK_OAUTH_CLIENT_SECRET", Forms.text()),
              Variable.optional(
                  "CLERK_SECRET_KEY",
                  Forms.pattern("not a secret key of Clerk", "sk_(test|live)_[A-Za-z0-9]{16,}")),
              Variable.optional("CONSOLE_ORIGIN", Forms.origins()),
              Variable.optional("DEFAULT_RATE_LIMIT", Forms.number(1, HIGHEST_RATE_LIMIT)))
          .and(GateService::signIn);

  private static final List<String> SIGN_IN =
      List.of(
          "CLERK_OAUTH_CLIENT_ID",
          "CLERK_OAUTH_CLIENT_SECRET",
          "CLERK_SECRET_KEY",
          "CONSOLE_ORIGIN");

  public static void main(String... arguments) {
    Start.checked(VARIABLES, arguments);
  }

  /** Sign-in at the console needs all of it, and an issuer. */
  private static List<String> signIn(Environment environment) {
    long set = SIGN_IN.stream().filter(name -> environment.get(name).isPresent()).count();
    if (set == 0) {
      return List.of();
    }
    List<String> faults = new ArrayList<>();
    if (set < SIGN_IN.size()) {
      faults.add(String.join(", ", SIGN_IN) + ": some are set without the others");
    }
    if (environment.get("CLERK_ISSUER").isEmpty()) {
      faults.add("CLERK_ISSUER: missing, and sign-in at the console is set");
    }
    if (environment.get("CONSOLE_ORIGIN").filter(origin -> origin.contains(",")).isPresent()) {
      faults.add("CONSOLE_ORIGIN: more than one origin");
    }
    return faults;
  }
}
