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
    return faults(config.mode());
  }

  /** What is wrong with a mode. */
  public static List<String> faults(String mode) {
    return mode.equals("mock") || mode.equals("production")
        ? List.of()
        : List.of("BILLING_MODE: neither mock nor production");
  }
}
