package dev.nofate.audit.read;

import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads query parameters, or names the one that was not understood. */
@ApplicationScoped
class FilterReader {

  private final ReadConfig config;

  FilterReader(ReadConfig config) {
    this.config = config;
  }

  EventFilter read(EventParameters parameters) {
    EventFilter filter =
        new EventFilter(
            after(parameters.after),
            limit(parameters.limit),
            types(parameters.types),
            optional("subject", parameters.subject, FilterReader::uuid),
            optional("from", parameters.from, Instant::parse),
            optional("to", parameters.to, Instant::parse));
    if (filter.from() != null && filter.to() != null && filter.to().isBefore(filter.from())) {
      throw refused("to is before from");
    }
    return filter;
  }

  /** A {@code seq} to continue behind; absent is the start. */
  long after(String text) {
    Long after = optional("after", text, Long::valueOf);
    if (after != null && after < 0) {
      throw refused("after is negative");
    }
    return after == null ? 0 : after;
  }

  int limit(String text) {
    Integer limit = optional("limit", text, Integer::valueOf);
    return limit == null ? config.defaultLimit() : bounded(limit);
  }

  int bounded(int limit) {
    if (limit < 1 || limit > config.largestLimit()) {
      throw refused("limit is not between 1 and " + config.largestLimit());
    }
    return limit;
  }

  int defaultLimit() {
    return config.defaultLimit();
  }

  List<EventType> types(List<String> names) {
    return Optional.ofNullable(names).orElse(List.of()).stream()
        .map(name -> optional("type", name, EventType::of))
        .distinct()
        .toList();
  }

  /** A UUID in lower or upper case. */
  static UUID uuid(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException("not a UUID");
    }
    return uuid;
  }

  static <T> T optional(String name, String text, Function<String, T> reader) {
    if (text == null) {
      return null;
    }
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw refused(name + " was not understood");
    }
  }

  private static ProblemException refused(String observed) {
    return new ProblemException(ErrorCode.BAD_REQUEST, "The parameter " + observed);
  }
}
