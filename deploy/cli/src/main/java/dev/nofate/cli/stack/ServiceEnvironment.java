package dev.nofate.cli.stack;

import dev.nofate.embedded.Bootstrap;
import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.ServiceKeys;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables of a service's process.
 *
 * @param secrets passwords and keys
 * @param ports who listens where
 * @param tuning periods, traces and logs
 * @param keys where the service keys are
 * @param wished variables by name of the service that win over these
 */
record ServiceEnvironment(
    Secrets secrets,
    Ports ports,
    Tuning tuning,
    ServiceKeys keys,
    Map<String, Map<String, String>> wished) {

  Map<String, String> of(Service service) {
    Map<String, String> variables = new TreeMap<>(tuning.telemetry());
    variables.put("HOST", "127.0.0.1");
    variables.put("PORT", String.valueOf(ports.of(service.serviceName())));
    variables.put("NOFATE_ENV", "development");
    variables.put("SERVICE_TOKEN_KEY_FILE", keys.privateKey(service.serviceName()).toString());
    variables.put("SERVICE_TOKEN_JWKS", keys.jwks().toString());
    variables.put("GATE_URL", ports.url(Service.GATE));
    variables.put("AUDIT_URL", ports.url(Service.AUDIT));
    variables.put("BILLING_URL", ports.url(Service.BILLING));
    switch (service) {
      case GATE -> {
        database(variables, "gate");
        variables.put("REDIS_URL", redis());
        variables.put("ADMIN_API_KEY", secrets.adminToken());
        variables.put("API_SECRET_SALT", secrets.apiSecretSalt());
      }
      case AUDIT -> {
        database(variables, "audit");
        variables.put("AUDIT_SIGNING_KEY_FILE", keys.auditSigningKey().toString());
      }
      case BILLING -> {
        database(variables, "billing");
        variables.put("REDIS_URL", redis());
        variables.put("BILLING_MODE", "mock");
        variables.put("STRIPE_WEBHOOK_SECRET", secrets.stripeWebhookSecret());
        variables.put("BILLING_GRACE_PERIOD", tuning.gracePeriod());
      }
      case METER -> {
        variables.put("METER_PERIOD", tuning.meterPeriod());
        variables.put("METER_TICK", "PT2S");
        variables.put("METER_RECOUNT_TICK", "PT5S");
      }
      case INVOICE -> variables.put("INVOICE_TICK", "PT1S");
    }
    variables.putAll(wished.getOrDefault(service.serviceName(), Map.of()));
    return variables;
  }

  private void database(Map<String, String> variables, String schema) {
    variables.put("DATABASE_URL", login(schema + "_app").uri());
    variables.put("DATABASE_OWNER_URL", login(schema + "_owner").uri());
  }

  private DatabaseUrl login(String name) {
    String password = secrets.databasePasswords().get(name);
    return new DatabaseUrl(
        name, password, "127.0.0.1", ports.of(Ports.POSTGRES), Bootstrap.DATABASE);
  }

  private String redis() {
    return "redis://127.0.0.1:" + ports.of(Ports.REDIS);
  }
}
