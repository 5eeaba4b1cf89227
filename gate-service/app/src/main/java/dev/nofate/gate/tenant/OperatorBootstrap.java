package dev.nofate.gate.tenant;

import dev.nofate.gate.apikey.ApiKeys;
import dev.nofate.gate.contract.TenantId;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes sure at start that the operator's tenant is there, and its configured key good. */
@ApplicationScoped
class OperatorBootstrap {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final TenantStore tenants;
  private final ApiKeys keys;
  private final InstantSource clock;
  private final Optional<String> adminApiKey;

  OperatorBootstrap(
      TenantStore tenants,
      ApiKeys keys,
      InstantSource clock,
      @ConfigProperty(name = "nofate.operator.admin-api-key") Optional<String> adminApiKey) {
    this.tenants = tenants;
    this.keys = keys;
    this.clock = clock;
    this.adminApiKey = adminApiKey;
  }

  void install(@Observes StartupEvent start) {
    adminApiKey.ifPresent(
        key ->
            tenants
                .insert(TenantId.OPERATOR, "operator", null, clock.instant())
                .chain(() -> keys.installConfigured(TenantId.OPERATOR, key))
                .await()
                .atMost(DEADLINE));
  }
}
