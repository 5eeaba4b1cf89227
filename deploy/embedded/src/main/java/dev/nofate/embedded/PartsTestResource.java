package dev.nofate.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Real Postgres and Redis for a {@code @QuarkusTest}, once per JVM, and the environment of the
 * service under test:
 *
 * <pre>{@code
 * @QuarkusTestResource(value = PartsTestResource.class, initArgs = @ResourceArg(name = "service", value = "gate-service"))
 * }</pre>
 *
 * The database keeps what earlier tests of the same JVM wrote; tests make tenants of their own.
 */
public final class PartsTestResource implements QuarkusTestResourceLifecycleManager {

  /** A valid operator key for tests: {@code nf_live_} and 32 bytes in base64url. */
  public static final String ADMIN_API_KEY = "nf_live_dGVzdC1vbmx5LW9wZXJhdG9yLWtleS0wMTIzNDU2Nzg";

  /** The signing secret of the Stripe stand-in. */
  public static final String STRIPE_WEBHOOK_SECRET =
      "whsec_test_only_0123456789abcdef0123456789abcdef";

  /** The current secret that API keys and salts are derived under. */
  public static final String API_SECRET_SALT = "test-only-salt-0123456789abcdef0123456789abcdef";

  private String service;

  @Override
  public void init(Map<String, String> arguments) {
    service = arguments.get("service");
    if (!ServiceKeys.SERVICES.contains(String.valueOf(service))) {
      throw new IllegalArgumentException(
          "init arg service is one of " + ServiceKeys.SERVICES + ", not " + service);
    }
  }

  @Override
  public Map<String, String> start() {
    TestParts.start();
    Map<String, String> config = new HashMap<>();
    config.put("quarkus.http.test-port", "0");
    config.put("SERVICE_TOKEN_KEY_FILE", keyDirectory().resolve(service + ".pem").toString());
    config.put("SERVICE_TOKEN_JWKS", keyDirectory().resolve("jwks.json").toString());
    switch (service) {
      case "gate-service" -> {
        database(config, "gate");
        config.put("REDIS_URL", redisUrl());
        config.put("API_SECRET_SALT", API_SECRET_SALT);
        config.put("ADMIN_API_KEY", ADMIN_API_KEY);
      }
      case "audit-service" -> {
        database(config, "audit");
        config.put(
            "AUDIT_SIGNING_KEY_FILE", keyDirectory().resolve("audit-signing.pem").toString());
      }
      case "billing-service" -> {
        database(config, "billing");
        config.put("REDIS_URL", redisUrl());
        config.put("STRIPE_WEBHOOK_SECRET", STRIPE_WEBHOOK_SECRET);
      }
      default -> {}
    }
    return config;
  }

  /** The parts stay for the next test class; they end with the JVM. */
  @Override
  public void stop() {}

  /**
   * The superuser's way into the suite's database, for tests that tamper with rows or look at
   * rights.
   */
  public static DatabaseUrl superuser() {
    return TestParts.superuser();
  }

  /** The way in of one of the six logins, for instance {@code audit_app}. */
  public static DatabaseUrl login(String name) {
    return TestParts.login(name);
  }

  /** Holds {@code <service>.pem} of every service and {@code jwks.json}. */
  public static Path keyDirectory() {
    return TestParts.folder().resolve("keys");
  }

  /** {@code redis://127.0.0.1:port}. */
  public static String redisUrl() {
    return TestParts.redisUrl();
  }

  private static void database(Map<String, String> config, String schema) {
    config.put("DATABASE_URL", login(schema + "_app").uri());
    config.put("DATABASE_OWNER_URL", login(schema + "_owner").uri());
  }
}
