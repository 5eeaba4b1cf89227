package dev.nofate.kit.environment;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns the variables that operators know into the framework's settings: {@code DATABASE_URL} and
 * {@code DATABASE_OWNER_URL} ({@code postgresql://user:password@host:port/database}) into the
 * reactive pool's and Flyway's, {@code OTEL_EXPORTER_OTLP_ENDPOINT} into an enabled exporter,
 * {@code DATABASE_CA_FILE} and {@code REDIS_CA_FILE} into TLS that verifies the certificate and the
 * host, {@code TLS_CERT_FILE} and {@code TLS_KEY_FILE} into an entry of the TLS registry that
 * serves HTTPS, and {@code NOFATE_ENV=production} into a hidden Swagger UI.
 */
public final class EnvironmentConfig implements ConfigSourceFactory {

  /** Above application.properties (250), below the environment (300). */
  private static final int ORDINAL = 275;

  private static final String TLS = "nofate-http";

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Map<String, String> settings = new HashMap<>();
    value(context, "DATABASE_URL")
        .map(DatabaseUrl::parse)
        .ifPresent(url -> runtimeLogin(settings, url));
    Optional<DatabaseUrl> owner = value(context, "DATABASE_OWNER_URL").map(DatabaseUrl::parse);
    owner.ifPresent(url -> ownerLogin(settings, url));
    if (owner.isEmpty() && value(context, "MIGRATE_ONLY").filter("true"::equals).isPresent()) {
      throw new IllegalArgumentException("MIGRATE_ONLY is true and DATABASE_OWNER_URL is missing");
    }
    settings.put("quarkus.flyway.migrate-at-start", Boolean.toString(owner.isPresent()));
    value(context, "DATABASE_CA_FILE").ifPresent(file -> databaseTls(settings, file));
    value(context, "REDIS_CA_FILE").ifPresent(file -> redisTls(settings, file));
    value(context, "OTEL_EXPORTER_OTLP_ENDPOINT")
        .ifPresent(
            endpoint -> {
              settings.put("quarkus.otel.sdk.disabled", "false");
              settings.put("quarkus.otel.exporter.otlp.endpoint", endpoint);
            });
    value(context, "TLS_CERT_FILE").ifPresent(file -> tls(context, settings, file));
    value(context, "SWAGGER_UI")
        .or(() -> value(context, "NOFATE_ENV").filter("production"::equals).map(e -> "false"))
        .ifPresent(enabled -> settings.put("quarkus.swagger-ui.enabled", enabled));
    return List.of(new PropertiesConfigSource(settings, "no fate environment", ORDINAL));
  }

  /** TLS is the only way in then; probes and scrapes use it too. */
  private static void tls(
      ConfigSourceContext context, Map<String, String> settings, String certificate) {
    settings.put("quarkus.http.tls-configuration-name", TLS);
    settings.put("quarkus.http.insecure-requests", "disabled");
    settings.put("quarkus.tls." + TLS + ".key-store.pem.server.cert", certificate);
    value(context, "TLS_KEY_FILE")
        .ifPresent(key -> settings.put("quarkus.tls." + TLS + ".key-store.pem.server.key", key));
    settings.put(
        "quarkus.tls." + TLS + ".reload-period",
        value(context, "TLS_RELOAD_PERIOD").orElse("PT1H"));
    settings.put("quarkus.http.ssl-port", value(context, "TLS_PORT").orElse("8443"));
  }

  private static void runtimeLogin(Map<String, String> settings, DatabaseUrl url) {
    settings.put("quarkus.datasource.reactive.url", url.reactive());
    settings.put("quarkus.datasource.jdbc.url", url.jdbc());
    settings.put("quarkus.datasource.username", url.user());
    settings.put("quarkus.datasource.password", url.password());
  }

  private static void ownerLogin(Map<String, String> settings, DatabaseUrl url) {
    settings.put("quarkus.flyway.jdbc-url", url.jdbc());
    settings.put("quarkus.flyway.username", url.user());
    settings.put("quarkus.flyway.password", url.password());
    // A migration job knows no other login, and Flyway has no turn without a data source. The pool
    // that serves
    // requests gets none of this.
    settings.putIfAbsent("quarkus.datasource.jdbc.url", url.jdbc());
    settings.putIfAbsent("quarkus.datasource.username", url.user());
    settings.putIfAbsent("quarkus.datasource.password", url.password());
  }

  private static void databaseTls(Map<String, String> settings, String file) {
    settings.put("quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full");
    trusting(settings, "quarkus.datasource.reactive.", file);
    for (String url : List.of("quarkus.datasource.jdbc.url", "quarkus.flyway.jdbc-url")) {
      settings.computeIfPresent(
          url,
          (key, plain) ->
              plain
                  + (plain.contains("?") ? "&" : "?")
                  + "sslmode=verify-full&sslrootcert="
                  + URLEncoder.encode(file, StandardCharsets.UTF_8));
    }
  }

  private static void redisTls(Map<String, String> settings, String file) {
    settings.put("quarkus.redis.tls.enabled", "true");
    trusting(settings, "quarkus.redis.tls.", file);
  }

  private static void trusting(Map<String, String> settings, String prefix, String file) {
    settings.put(prefix + "trust-certificate-pem", "true");
    settings.put(prefix + "trust-certificate-pem.certs", file);
    settings.put(prefix + "hostname-verification-algorithm", "HTTPS");
  }

  private static Optional<String> value(ConfigSourceContext context, String name) {
    ConfigValue value = context.getValue(name);
    return Optional.ofNullable(value).map(ConfigValue::getValue).filter(text -> !text.isBlank());
  }
}
