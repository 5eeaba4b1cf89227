package dev.nofate.billing.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.price.Rating.Rated;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
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

class TariffTest {

  private static final Tariff GRADUATED =
      new Tariff(List.of(new Tier(100, 0), new Tier(150, 7)), 5);

  @Example
  void chargesNothingForAnIncludedQuantity() {
    assertThat(GRADUATED.amount(0, 100)).isZero();
  }

  @Example
  void chargesEachUnitByItsPlaceInTheMonth() {
    assertThat(GRADUATED.amount(0, 101)).isEqualTo(7);
    assertThat(GRADUATED.amount(99, 2)).isEqualTo(7);
    assertThat(GRADUATED.amount(0, 151)).isEqualTo(50 * 7 + 5);
    assertThat(GRADUATED.amount(149, 2)).isEqualTo(7 + 5);
    assertThat(GRADUATED.amount(150, 2)).isEqualTo(10);
  }

  @Property
  void agreesWithCountingUnitByUnit(
      @ForAll("tariffs") Tariff tariff,
      @ForAll @IntRange(max = 400) int before,
      @ForAll @IntRange(max = 400) int units) {
    long counted =
        LongStream.range(before, before + units).map(place -> priceAt(tariff, place)).sum();

    assertThat(tariff.amount(before, units)).isEqualTo(BigInteger.valueOf(counted));
  }

  @Property
  void splittingAMonthNeverChangesItsSum(
      @ForAll("tariffs") Tariff tariff,
      @ForAll @Size(min = 1, max = 40) List<@From("units") UsageUnits> parts) {
    Prices prices = new Prices(2, null, Instant.EPOCH, tariff, tariff, tariff, tariff);
    UsageUnits month = UsageUnits.NONE;
    long sum = 0;
    int fraction = 0;
    for (UsageUnits part : parts) {
      Rated rated = Rating.rate(month, part, prices, fraction);
      sum += rated.costNanousd();
      fraction = rated.fractionOut();
      month = month.plus(part);
    }

    assertThat(new Rated(sum, fraction)).isEqualTo(Rating.rate(UsageUnits.NONE, month, prices, 0));
  }

  private static long priceAt(Tariff tariff, long place) {
    return tariff.tiers().stream()
        .filter(tier -> place < tier.upTo())
        .findFirst()
        .map(Tier::nanousd)
        .orElse(tariff.beyond());
  }

  @Provide
  Arbitrary<Tariff> tariffs() {
    Arbitrary<List<Integer>> ends = Arbitraries.integers().between(1, 500).list().ofMaxSize(5);
    Arbitrary<List<Integer>> prices = Arbitraries.integers().between(0, 1_000_000).list().ofSize(6);
    return Combinators.combine(ends, prices).as(TariffTest::tariff);
  }

  private static Tariff tariff(List<Integer> ends, List<Integer> prices) {
    List<Tier> tiers = new ArrayList<>();
    for (int end : new TreeSet<>(ends)) {
      tiers.add(new Tier(end, prices.get(tiers.size())));
    }
    return new Tariff(tiers, prices.get(5));
  }

  @Provide
  Arbitrary<UsageUnits> units() {
    Arbitrary<Long> count = Arbitraries.longs().between(0, 200);
    return Combinators.combine(count, count, count, count, count).as(UsageUnits::new);
  }
}
