package dev.nofate.billing.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CarriedCentsTest {

  @Example
  void reportsWholeCentsAndCarriesTheRest() {
    assertThat(CarriedCents.of(240_103_425, 0)).isEqualTo(new CarriedCents(24, 0, 103_425));
  }

  @Example
  void reportsACentOnceTheCarriedRestsFillIt() {
    assertThat(CarriedCents.of(1, 9_999_999)).isEqualTo(new CarriedCents(1, 9_999_999, 0));
  }

  @Property
  void losesNothingOverAnySequenceOfEntries(@ForAll("costs") List<Long> costs) {
    long carried = 0;
    long cents = 0;
    for (long cost : costs) {
      CarriedCents report = CarriedCents.of(cost, carried);
      carried = report.carriedOutNanousd();
      cents += report.quantityCents();
    }

    long total = costs.stream().mapToLong(Long::longValue).sum();
    assertThat(cents * CarriedCents.NANOUSD_PER_CENT + carried).isEqualTo(total);
    assertThat(carried).isBetween(0L, CarriedCents.NANOUSD_PER_CENT - 1);
    assertThat(cents).isEqualTo(CarriedCents.of(total, 0).quantityCents());
  }

  @Provide
  Arbitrary<List<Long>> costs() {
    return Arbitraries.longs().between(0, 1L << 43).list().ofMinSize(1).ofMaxSize(200);
  }
}
