package dev.nofate.audit.chain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Chains and payloads out of a seed: the same seed gives the same chain. */
final class RandomChains {

  private static final List<String> TYPES =
      List.of("request_received", "gate_passed", "gate_failed", "usage_recorded");
  private static final String[] TEXTS = {
    "", "a", "é", "\u0000", "\u001f", "\\", "\"", "/", "\u2028", "😀", "\uFB33", "hash", "sha256:00"
  };

  private final Random random;

  RandomChains(long seed) {
    random = new Random(seed);
  }

  List<Entry> chain(int length) {
    List<Entry> entries = new ArrayList<>();
    Position position = Position.genesis(uuid());
    Instant at = Instant.parse("2026-11-23T10:00:00Z");
    for (int i = 0; i < length; i++) {
      at = at.plus(random.nextInt(3) * (long) random.nextInt(1_000_000), ChronoUnit.MICROS);
      UUID subject = random.nextBoolean() ? uuid() : null;
      String type = TYPES.get(random.nextInt(TYPES.size()));
      Entry entry = position.next(at, type, subject, Payload.of(object(3)));
      entries.add(entry);
      position = Position.behind(entry);
    }
    return entries;
  }

  Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      members.put(text() + random.nextInt(10), value(depth));
    }
    return members;
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextLong() >> 11;
      case 4 -> finite();
      case 5 -> random.nextInt(1000) / 100d;
      case 6 -> text() + text();
      case 7 -> object(depth - 1);
      default -> {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(depth - 1));
        }
        yield items;
      }
    };
  }

  private double finite() {
    double any = Double.longBitsToDouble(random.nextLong());
    return Double.isFinite(any) ? any : 0.5;
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }
}
