package dev.nofate.gate.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.erdtman.jcs.JsonCanonicalizer;

class CanonicalJsonTest {

  private static final JsonLimits LIMITS = JsonLimits.defaults();

  @Example
  void writesTheNumbersOfRfc8785AppendixB() {
    Map<Long, String> samples =
        Map.ofEntries(
            Map.entry(0x0000000000000000L, "0"),
            Map.entry(0x8000000000000000L, "0"),
            Map.entry(0x0000000000000001L, "5e-324"),
            Map.entry(0x8000000000000001L, "-5e-324"),
            Map.entry(0x7fefffffffffffffL, "1.7976931348623157e+308"),
            Map.entry(0x4340000000000000L, "9007199254740992"),
            Map.entry(0x4430000000000000L, "295147905179352830000"),
            Map.entry(0x44b52d02c7e14af5L, "9.999999999999997e+22"),
            Map.entry(0x44b52d02c7e14af6L, "1e+23"),
            Map.entry(0x444b1ae4d6e2ef50L, "1e+21"),
            Map.entry(0x3eb0c6f7a0b5ed8dL, "0.000001"),
            Map.entry(0x41b3de4355555555L, "333333333.3333333"),
            Map.entry(0xbecbf647612f3696L, "-0.0000033333333333333333"));
    samples.forEach(
        (bits, text) ->
            assertThat(
                    CanonicalJson.write(
                            JsonNodeFactory.instance.numberNode(Double.longBitsToDouble(bits)))
                        .utf8())
                .isEqualTo(text));
  }

  @Example
  void sortsMembersByUtf16Units() {
    String text =
        "{\"\u20ac\":1,\"\\r"
            + "\":2,\"\ufb33\":3,\"1\":4,\"\uD83D\uDE00\":5,\"\u0080\":6,\"\u00f6\":7}";
    assertThat(CanonicalJson.write(value(text)).utf8())
        .isEqualTo(
            "{\"\\r"
                + "\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\uD83D\uDE00\":5,\"\ufb33\":3}");
  }

  @Example
  void namesWrittenWithoutATreeHaveToAscend() {
    CanonicalWriter out = new CanonicalWriter().beginObject().name("b").text("x\ty");
    assertThatIllegalStateException().isThrownBy(() -> out.name("a"));
    assertThatIllegalStateException().isThrownBy(() -> out.name("b"));
    out.name("c").beginObject().name("a").bool(null).endObject();
    assertThat(out.name("d").texts(List.of()).endObject().octets().utf8())
        .isEqualTo("{\"b\":\"x\\ty\",\"c\":{\"a\":null},\"d\":[]}");
  }

  @Example
  void refusesToWriteWhatHasNoCanonicalForm() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    for (JsonNode node :
        new JsonNode[] {
          json.numberNode(Double.NaN),
          json.numberNode(Double.POSITIVE_INFINITY),
          json.numberNode(9007199254740993L),
          json.numberNode(new BigDecimal("0.1234567890123456789")),
          json.textNode("\ud800"),
          json.objectNode().put("\udc00", 1),
          json.binaryNode(new byte[1])
        }) {
      assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(node));
    }
  }

  @Property(tries = 2_000)
  void agreesWithTheReferenceLibrary(@ForAll long seed) throws IOException {
    String text = randomValue(new Random(seed), 4).toString();
    JsonReading reading = CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8), LIMITS);
    if (reading instanceof JsonReading.Value json) {
      String wrapped = "[" + text + "]";
      assertThat("[" + CanonicalJson.write(json.value()).utf8() + "]")
          .isEqualTo(new JsonCanonicalizer(wrapped).getEncodedString());
    }
  }

  @Property(tries = 2_000)
  void readingTheCanonicalFormGivesTheSameForm(@ForAll long seed) {
    byte[] text = randomValue(new Random(seed), 4).toString().getBytes(StandardCharsets.UTF_8);
    if (CanonicalJson.read(text, LIMITS) instanceof JsonReading.Value json) {
      Octets canonical = CanonicalJson.write(json.value());
      assertThat(CanonicalJson.write(value(canonical.utf8()))).isEqualTo(canonical);
    }
  }

  @Property(tries = 20_000)
  void everySequenceOfOctetsHasAnAnswer(@ForAll byte[] octets) {
    assertThat(CanonicalJson.read(octets, LIMITS)).isNotNull();
  }

  @Property(tries = 5_000)
  void everyMutationOfATextHasAnAnswer(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] text = randomValue(random, 4).toString().getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 3 && text.length > 0; i++) {
      text[random.nextInt(text.length)] =
          (byte) "{}[]\",:\\u0e-+.1\u0000\u00ff".charAt(random.nextInt(17));
    }
    assertThat(CanonicalJson.read(text, LIMITS)).isNotNull();
  }

  private static JsonNode value(String text) {
    return ((JsonReading.Value) CanonicalJson.read(text.getBytes(StandardCharsets.UTF_8), LIMITS))
        .value();
  }

  private static JsonNode randomValue(Random random, int depth) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> json.nullNode();
      case 1 -> json.booleanNode(random.nextBoolean());
      case 2 -> json.numberNode(random.nextLong() >> random.nextInt(64));
      case 3 -> json.numberNode(random.nextInt(100_000) / 1000.0);
      case 4 -> json.numberNode((double) (float) (random.nextGaussian() * 1e6));
      case 5 -> json.textNode(randomText(random));
      case 6 -> {
        var array = json.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(randomValue(random, depth - 1));
        }
        yield array;
      }
      default -> {
        var object = json.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(randomText(random), randomValue(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int[] starts = {0, 0x20, 0x7f, 0x2028, 0xe000, 0x1f600};
      text.appendCodePoint(starts[random.nextInt(starts.length)] + random.nextInt(30));
    }
    return text.toString();
  }
}
