package dev.nofate.kit.start;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The variables of one service, and everything that is wrong with them. */
public final class Variables {

  private static final int HIGHEST_PORT = 65_535;

  /** What all five services read. */
  private static final List<Variable> SHARED =
      List.of(
          Variable.optional("NOFATE_ENV", Forms.oneOf("development", "production")),
          Variable.optional("PORT", Forms.number(0, HIGHEST_PORT)),
          Variable.optional("LOG_JSON", Forms.bool()),
          Variable.optional("OTEL_EXPORTER_OTLP_ENDPOINT", Forms.httpUrl()),
          Variable.optional("OTEL_EXPORTER_OTLP_PROTOCOL", Forms.oneOf("grpc", "http/protobuf")),
          Variable.needed("SERVICE_TOKEN_JWKS", Forms.fileOrUrl()),
          Variable.optional("SERVICE_TOKEN_KEY_FILE", Forms.file()),
          Variable.optional("SERVICE_TOKEN_FILE", Forms.file()),
          Variable.optional("MIGRATE_ONLY", Forms.bool()),
          Variable.optional("CORS_ORIGINS", Forms.origins()),
          Variable.optional("CLERK_AUTHORIZED_PARTIES", Forms.origins()),
          Variable.optional("SWAGGER_UI", Forms.bool()),
          Variable.optional("TLS_CERT_FILE", Forms.file()),
          Variable.optional("TLS_KEY_FILE", Forms.file()),
          Variable.optional("TLS_PORT", Forms.number(0, HIGHEST_PORT)),
          Variable.optional("TLS_RELOAD_PERIOD", Forms.duration()));

  private final List<Variable> own;
  private final List<Function<Environment, List<String>>> rules = new ArrayList<>();

  private Variables(List<Variable> own) {
    this.own = own;
    rules.add(Variables::ownToken);
    rules.add(Variables::migration);
    rules.add(Variables::certificate);
  }

  /** The shared ones and these. */
  public static Variables of(Variable... own) {
    return new Variables(List.of(own));
  }

  /** Adds what one variable alone does not show. */
  public Variables and(Function<Environment, List<String>> rule) {
    rules.add(rule);
    return this;
  }

  /** Each fault in one sentence that names the variable, sorted; empty if none. */
  public List<String> faults(Environment environment) {
    List<String> faults = new ArrayList<>();
    SHARED.forEach(variable -> variable.fault(environment).ifPresent(faults::add));
    own.forEach(variable -> variable.fault(environment).ifPresent(faults::add));
    rules.forEach(rule -> faults.addAll(rule.apply(environment)));
    return faults.stream().distinct().sorted().toList();
  }

  private static List<String> ownToken(Environment environment) {
    boolean none =
        environment.get("SERVICE_TOKEN_KEY_FILE").isEmpty()
            && environment.get("SERVICE_TOKEN_FILE").isEmpty();
    return none && environment.isProduction() && !environment.isMigrationOnly()
        ? List.of(
            "SERVICE_TOKEN_FILE, SERVICE_TOKEN_KEY_FILE: missing, and NOFATE_ENV is production")
        : List.of();
  }

  private static List<String> migration(Environment environment) {
    return environment.isMigrationOnly() && environment.get("DATABASE_OWNER_URL").isEmpty()
        ? List.of("DATABASE_OWNER_URL: missing, and MIGRATE_ONLY is true")
        : List.of();
  }

  private static List<String> certificate(Environment environment) {
    return environment.get("TLS_CERT_FILE").isPresent()
            == environment.get("TLS_KEY_FILE").isPresent()
        ? List.of()
        : List.of("TLS_CERT_FILE, TLS_KEY_FILE: one is set without the other");
  }
}
