package dev.nofate.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class ValuesTest {

  private static final UUID TENANT = UUID.fromString("018f3f6e-7c1a-7000-8000-000000000001");
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.000001Z");

  @Test
  void writesTheEnvelopeAsTheCanonicalFormOfItsMembers() throws IOException {
    for (Entry entry : new RandomChains(7).chain(50)) {
      byte[] bytes = entry.envelope().canonicalBytes();

      assertThat(new JsonCanonicalizer(bytes).getEncodedUTF8()).isEqualTo(bytes);
      String line = ExportLine.text(entry);
      assertThat(new JsonCanonicalizer(line).getEncodedString()).isEqualTo(line);
    }
  }

  @Test
  void countsTimeInMicrosecondsAndNeverBack() {
    Position start = Position.genesis(TENANT);
    Entry first =
        start.next(start.timeOfNext(NOON.plusNanos(999)), "admin_action", null, Payload.EMPTY);
    Position behind = Position.behind(first);

    assertThat(first.envelope().at()).isEqualTo(NOON);
    assertThat(behind.timeOfNext(NOON.minusSeconds(60))).isEqualTo(NOON);
    assertThat(behind.timeOfNext(NOON.plusSeconds(1))).isEqualTo(NOON.plusSeconds(1));
    assertThatThrownBy(
            () -> behind.next(NOON.minusNanos(1000), "admin_action", null, Payload.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesTimesThatTheFormCannotHold() {
    for (String time :
        List.of(
            "2026-11-23T12:00:00.000000001Z", "+10000-01-01T00:00:00Z", "-0001-12-31T00:00:00Z")) {
      assertThatThrownBy(() -> EventTime.text(Instant.parse(time)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesAnEnvelopeThatNoChainCanHold() {
    assertThatThrownBy(() -> new Envelope(NOON, Payload.EMPTY, 0, null, TENANT, "admin_action"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Envelope(NOON, Payload.EMPTY, 1, null, TENANT, "Admin\""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesTheNumbersOfAJsonLibrary() {
    Map<String, Object> numbers =
        Map.of(
            "list", List.of(1, 2L, new BigInteger("3"), new BigDecimal("0.10"), 1e-7, -0.0, 2E23));

    assertThat(Payload.of(numbers).canonical()).isEqualTo("{\"list\":[1,2,3,0.1,1e-7,0,2e+23]}");
  }

  @Test
  void refusesNumbersThatLose() {
    for (Object number :
        List.of(
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            (1L << 53) + 1,
            Long.MIN_VALUE + 1,
            BigInteger.TEN.pow(400),
            new BigDecimal("1e999999999"),
            new BigDecimal("1e-999999999"),
            new BigDecimal("0.30000000000000001"))) {
      RefusedException refused =
          catchThrowableOfType(RefusedException.class, () -> Payload.of(Map.of("n", number)));
      assertThat(refused).as("%s", number).isNotNull();
      assertThat(refused.code()).isEqualTo(Fault.Code.PAYLOAD_MALFORMED);
    }
  }

  @Test
  void refusesAnExponentBeyondEveryDecimal() {
    for (String number : List.of("1e36222128775", "-1.503e-36222128775", "1e" + "9".repeat(50))) {
      assertThatThrownBy(() -> Payload.parse("{\"n\":" + number + "}"))
          .isInstanceOf(RefusedException.class);
      assertThatThrownBy(() -> ExportLine.parse("{\"payload\":{\"n\":" + number + "}}"))
          .isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void refusesAPayloadBeyondTheLimit() {
    String tooLong = "{\"s\":\"" + "é".repeat(Payload.MAX_BYTES / 2) + "\"}";

    assertThatThrownBy(() -> Payload.parse(tooLong)).isInstanceOf(RefusedException.class);
  }

  @Test
  void namesAHashByItsHexadecimalDigits() {
    ChainHash hash = ChainHash.genesis(TENANT);

    assertThat(ChainHash.ofHex(hash.hex())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(ChainHash.ofBytes(hash.bytes())).isEqualTo(hash);
    assertThatThrownBy(() -> ChainHash.ofBytes(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ChainHash.ofHex("AB".repeat(32)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
