package dev.nofate.gate.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.erdtman.jcs.NumberToJSON;

/** Short numbers take a short way; it leads where the reference library leads. */
class NumbersTest {

  private static final int NUMBERS = 20;

  @Property(tries = 1_000)
  void shortDecimalsAreRenderedAsTheReferenceRendersThem(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < NUMBERS; i++) {
      double value = (random.nextLong() >> random.nextInt(63)) / Math.pow(10, random.nextInt(10));
      assertThat(Numbers.rendering(value)).isEqualTo(NumberToJSON.serializeNumber(value));
    }
  }

  @Property(tries = 1_000)
  void anyDoubleIsRenderedAsTheReferenceRendersIt(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < NUMBERS; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Numbers.rendering(value)).isEqualTo(NumberToJSON.serializeNumber(value));
      }
      double near = Math.nextUp(random.nextInt(100_000) / 1000.0);
      assertThat(Numbers.rendering(near)).isEqualTo(NumberToJSON.serializeNumber(near));
    }
  }

  @Property(tries = 1_000)
  void aLiteralCountsExactlyWhenItsRenderingHasItsValue(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < NUMBERS; i++) {
      String literal = literal(random);
      Optional<Number> value = Numbers.exact(literal);
      assertThat(value).as(literal).isEqualTo(slowly(literal));
    }
  }

  @Example
  void edgesOfTheShortWay() throws IOException {
    for (String literal :
        new String[] {
          "0.000000000000000000000001",
          "999999999999999",
          "999999999999999.9",
          "9999999999999999",
          "9007199254740993",
          "123456789012345.6",
          "0.1234567890123456789",
          "0.10",
          "-0.0",
          "-12.50",
          "100000000000000.0",
          "0.3000000000000000444"
        }) {
      assertThat(Numbers.exact(literal)).as(literal).isEqualTo(slowly(literal));
    }
  }

  private static String literal(Random random) {
    StringBuilder literal = new StringBuilder(random.nextBoolean() ? "-" : "");
    literal.append(random.nextLong() >>> 1 + random.nextInt(62));
    if (random.nextBoolean()) {
      literal.append('.');
      for (int digits = 1 + random.nextInt(random.nextBoolean() ? 4 : 25); digits > 0; digits--) {
        literal.append(random.nextInt(10));
      }
    }
    if (random.nextInt(4) == 0) {
      literal.append('e').append(random.nextInt(60) - 30);
    }
    return literal.toString();
  }

  /** What the definition says, without any short way. */
  private static Optional<Number> slowly(String literal) throws IOException {
    BigDecimal value = new BigDecimal(literal);
    if (value.signum() == 0) {
      return Optional.of(0L);
    }
    double rounded = value.doubleValue();
    BigDecimal rendered = new BigDecimal(NumberToJSON.serializeNumber(rounded));
    if (value.compareTo(rendered) != 0) {
      return Optional.empty();
    }
    boolean whole = Math.rint(rounded) == rounded && Math.abs(rounded) < 0x1p63;
    return Optional.of(whole ? (Number) rendered.longValueExact() : (Number) rounded);
  }
}
