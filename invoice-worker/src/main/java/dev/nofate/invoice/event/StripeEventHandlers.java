package dev.nofate.invoice.event;

import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All handlers there are, by the type they handle. */
@ApplicationScoped
public class StripeEventHandlers {

  private final Map<String, StripeEventHandler> byType;

  /**
   * @throws IllegalStateException when two handle the same type
   */
  @Inject
  public StripeEventHandlers(@All List<StripeEventHandler> handlers) {
    byType =
        handlers.stream()
            .collect(Collectors.toUnmodifiableMap(StripeEventHandler::type, Function.identity()));
  }

  /** The handler of a type; most types have none, and are not acted on. */
  Optional<StripeEventHandler> of(String type) {
    return Optional.ofNullable(byType.get(type));
  }
}
