package dev.nofate.billing.provider;

import dev.nofate.billing.start.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Which provider is served. */
@ApplicationScoped
public class ModeSetting implements Setting {

  private final ModeConfig config;

  public ModeSetting(ModeConfig config) {
    this.config = config;
  }

  @Override
  public List<String> faults() {
    return switch (config.mode()) {
      case "mock" -> List.of();
      case "production" ->
          List.of("BILLING_MODE: production is not available in this version; mock is");
      default -> List.of("BILLING_MODE: neither mock nor production");
    };
  }
}
