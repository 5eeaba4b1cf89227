package dev.nofate.billing.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.price.Rating.Rated;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RatingTest {

  private static final Prices DEFAULT = flat(100_000_000, 150_000_000, 10_000_000, 20_000_000);

  @Example
  void aMebibyteInCostsTenCents() {
    assertThat(rate(new UsageUnits(1, 1 << 20, 0, 0, 0), DEFAULT, 0))
        .isEqualTo(new Rated(100_000_000, 0));
  }

  @Example
  void addsGatesAndAuditEvents() {
    assertThat(rate(new UsageUnits(1, 234, 567, 6, 9), DEFAULT, 0))
        .isEqualTo(new Rated(240_103_425, 1_027_200));
  }

  @Example
  void carriesTheFractionThatDoesNotFillANanoDollar() {
    Rated first = rate(new UsageUnits(1, 1, 0, 0, 0), DEFAULT, 0);
    Rated second = rate(new UsageUnits(1, 1, 0, 0, 0), DEFAULT, first.fractionOut());

    assertThat(first).isEqualTo(new Rated(95, 385_280));
    assertThat(second).isEqualTo(new Rated(95, 770_560));
  }

  @Example
  void ratesATerabyteWithoutOverflow() {
    assertThat(rate(new UsageUnits(1, 1L << 40, 1L << 40, 0, 0), DEFAULT, 0))
        .isEqualTo(new Rated(250_000_000L << 20, 0));
  }

  @Example
  void refusesACostThatAReaderCouldNotTellExactly() {
    assertThatThrownBy(() -> rate(new UsageUnits(1, Rating.LARGEST, 0, 0, 0), DEFAULT, 0))
        .isInstanceOf(ArithmeticException.class);
  }

  @Property
  void splittingUsageNeverChangesTheSum(
      @ForAll("prices") Prices prices,
      @ForAll @Size(min = 1, max = 40) List<@From("units") UsageUnits> parts) {
    int fraction = 0;
    long sum = 0;
    UsageUnits whole = UsageUnits.NONE;
    for (UsageUnits part : parts) {
      Rated rated = rate(part, prices, fraction);
      fraction = rated.fractionOut();
      sum += rated.costNanousd();
      whole = whole.plus(part);
    }

    assertThat(new Rated(sum, fraction)).isEqualTo(rate(whole, prices, 0));
  }

  @Property
  void agreesWithDecimalArithmetic(
      @ForAll("prices") Prices prices,
      @ForAll("units") UsageUnits units,
      @ForAll @IntRange(max = 1_048_575) int fractionIn) {
    BigDecimal mib = new BigDecimal(1 << 20);
    BigDecimal exact =
        new BigDecimal(fractionIn)
            .add(
                new BigDecimal(units.bytesIn()).multiply(new BigDecimal(prices.bytesIn().beyond())))
            .add(
                new BigDecimal(units.bytesOut())
                    .multiply(new BigDecimal(prices.bytesOut().beyond())))
            .divide(mib)
            .add(
                new BigDecimal(units.gatesExecuted())
                    .multiply(new BigDecimal(prices.gates().beyond())))
            .add(
                new BigDecimal(units.auditWrites())
                    .multiply(new BigDecimal(prices.auditEvents().beyond())));

    Rated rated = rate(units, prices, fractionIn);

    BigDecimal cost = exact.setScale(0, RoundingMode.FLOOR);
    assertThat(rated.costNanousd()).isEqualTo(cost.longValueExact());
    assertThat(rated.fractionOut()).isEqualTo(exact.subtract(cost).multiply(mib).intValueExact());
  }

  private static Rated rate(UsageUnits units, Prices prices, int fractionIn) {
    return Rating.rate(UsageUnits.NONE, units, prices, fractionIn);
  }

  private static Prices flat(long in, long out, long gate, long event) {
    return new Prices(
        1,
        null,
        Instant.EPOCH,
        Tariff.flat(in),
        Tariff.flat(out),
        Tariff.flat(gate),
        Tariff.flat(event));
  }

  @Provide
  Arbitrary<UsageUnits> units() {
    Arbitrary<Long> bytes = Arbitraries.longs().between(0, 1L << 32);
    Arbitrary<Long> counts = Arbitraries.longs().between(0, 100_000);
    return Combinators.combine(counts, bytes, bytes, counts, counts).as(UsageUnits::new);
  }

  @Provide
  Arbitrary<Prices> prices() {
    Arbitrary<Long> price = Arbitraries.longs().between(0, 1_000_000_000);
    return Combinators.combine(price, price, price, price).as(RatingTest::flat);
  }
}
