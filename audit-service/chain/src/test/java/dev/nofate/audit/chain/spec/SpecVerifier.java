package dev.nofate.audit.chain.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies an export from the words of the specification alone: with its own JSON reader, its own
 * canonical form, and nothing of the product's code. Slow and simple; here to agree with it or not.
 */
public final class SpecVerifier {

  /**
   * What was found.
   *
   * @param badSeq the {@code seq} an intact chain would have had where this one breaks, or 0
   * @param events how many events stand in front of the break
   * @param head hash of the last good event, hexadecimal, or null when there is none
   */
  public record Finding(long badSeq, long events, String head) {
    public boolean valid() {
      return badSeq == 0;
    }
  }

  private static final Set<String> MEMBERS =
      Set.of("at", "payload", "seq", "subject", "tenant", "type", "v", "hash");
  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final String TIME =
      "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{6}Z";

  private String tenant;
  private String lastTime = "";
  private byte[] hash;
  private long seq;

  private SpecVerifier() {}

  /** Verifies the lines of a whole chain. */
  public static Finding verify(List<String> lines) {
    SpecVerifier verifier = new SpecVerifier();
    for (String line : lines) {
      try {
        verifier.line(line);
      } catch (SpecFault fault) {
        return verifier.finding(verifier.seq + 1);
      }
    }
    return verifier.finding(lines.isEmpty() ? 1 : 0);
  }

  /** The canonical form of a JSON text, or empty when it has none. */
  public static Optional<String> canonical(String json) {
    try {
      return Optional.of(SpecCanonicalForm.of(SpecJson.read(json)));
    } catch (SpecFault fault) {
      return Optional.empty();
    }
  }

  /** Makes the lines of a chain out of envelopes, each with all members but {@code hash}. */
  public static List<String> chain(List<Map<String, Object>> envelopes) {
    List<String> lines = new ArrayList<>();
    byte[] previous = genesis((String) envelopes.get(0).get("tenant"));
    for (Map<String, Object> envelope : envelopes) {
      previous = sha256(previous, SpecCanonicalForm.of(envelope).getBytes(UTF_8));
      Map<String, Object> line = new HashMap<>(envelope);
      line.put("hash", HexFormat.of().formatHex(previous));
      lines.add(SpecCanonicalForm.of(line));
    }
    return lines;
  }

  private Finding finding(long badSeq) {
    return new Finding(badSeq, seq, hash == null ? null : HexFormat.of().formatHex(hash));
  }

  private void line(String line) {
    if (!(SpecJson.read(line) instanceof Map<?, ?> event)) {
      throw new SpecFault("not an object");
    }
    demand(event.keySet().equals(MEMBERS));
    demand(BigDecimal.ONE.equals(event.get("v")));
    demand(event.get("payload") instanceof Map);
    demand(event.get("subject") == null || matches(event.get("subject"), UUID));
    demand(matches(event.get("tenant"), UUID));
    demand(matches(event.get("type"), "[a-z][a-z0-9_]{0,63}"));
    demand(matches(event.get("at"), TIME));
    String at = (String) event.get("at");
    demand(Integer.parseInt(at.substring(8, 10)) <= daysOfMonth(at));
    demand(at.compareTo(lastTime) >= 0);
    demand(tenant == null || tenant.equals(event.get("tenant")));
    demand(BigDecimal.valueOf(seq + 1).equals(event.get("seq")));
    byte[] previous = hash == null ? genesis((String) event.get("tenant")) : hash;
    Map<Object, Object> envelope = new HashMap<>(event);
    Object stated = envelope.remove("hash");
    byte[] recomputed = sha256(previous, SpecCanonicalForm.of(envelope).getBytes(UTF_8));
    demand(HexFormat.of().formatHex(recomputed).equals(stated));
    tenant = (String) event.get("tenant");
    lastTime = at;
    hash = recomputed;
    seq++;
  }

  private static int daysOfMonth(String at) {
    int year = Integer.parseInt(at.substring(0, 4));
    boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return switch (at.substring(5, 7)) {
      case "02" -> leap ? 29 : 28;
      case "04", "06", "09", "11" -> 30;
      default -> 31;
    };
  }

  private static boolean matches(Object value, String form) {
    return value instanceof String text && text.matches(form);
  }

  private static void demand(boolean condition) {
    if (!condition) {
      throw new SpecFault("not as specified");
    }
  }

  private static byte[] genesis(String tenant) {
    return sha256(("no-fate/audit/v1\n" + tenant).getBytes(UTF_8));
  }

  private static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
