package dev.nofate.billing.start;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Refuses to start with faulty settings, naming all of them at once. */
@ApplicationScoped
public class StartCheck {

  /** Before everything else that happens at start. */
  static final int FIRST = 100;

  private final Instance<Setting> settings;

  public StartCheck(@Any Instance<Setting> settings) {
    this.settings = settings;
  }

  void check(@Observes @Priority(FIRST) StartupEvent started) {
    refuseFaults(settings.stream().toList());
  }

  static void refuseFaults(List<Setting> settings) {
    List<String> faults =
        settings.stream().flatMap(setting -> setting.faults().stream()).sorted().toList();
    if (!faults.isEmpty()) {
      throw new FaultySettingsException(faults);
    }
  }
}
