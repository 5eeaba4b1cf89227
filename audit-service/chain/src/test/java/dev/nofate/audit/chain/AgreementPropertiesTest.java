package dev.nofate.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.chain.spec.SpecVerifier;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The product and the verifier written from the specification's words agree. */
class AgreementPropertiesTest {

  @Property(tries = 300)
  void bothFindARandomChainIntact(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n) {
    List<String> lines = lines(seed, n);

    Verdict.Valid valid = (Verdict.Valid) verdict(lines);
    SpecVerifier.Finding finding = SpecVerifier.verify(lines);

    assertThat(finding.valid()).isTrue();
    assertThat(finding.events()).isEqualTo(valid.events()).isEqualTo(n);
    assertThat(finding.head()).isEqualTo(valid.head().hash().hex());
  }

  @Property(tries = 1000)
  void bothSayTheSameAboutALineWithACharacterChanged(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> lines = lines(seed, 4);
    int row = random.nextInt(lines.size());
    StringBuilder line = new StringBuilder(lines.get(row));
    line.setCharAt(random.nextInt(line.length()), (char) (0x20 + random.nextInt(0x5f)));
    lines.set(row, line.toString());

    assertThat(SpecVerifier.verify(lines).badSeq()).isEqualTo(badSeq(lines));
  }

  @Property(tries = 3000)
  void bothBringANumberIntoTheSameForm(@ForAll double number) {
    String json = "{\"n\":" + number + "}";
    if (Double.isFinite(number)) {
      String exact = SpecVerifier.canonical("{\"n\":" + number + "}").orElse(null);
      if (exact != null) {
        assertThat(Payload.parse(json).canonical()).isEqualTo(exact);
      }
    }
  }

  @Property(tries = 1000)
  void bothBringAPayloadIntoTheSameForm(@ForAll long seed) {
    Payload payload = Payload.of(new RandomChains(seed).object(4));

    assertThat(SpecVerifier.canonical(payload.canonical())).contains(payload.canonical());
    assertThat(Payload.parse(payload.canonical())).isEqualTo(payload);
  }

  private static List<String> lines(long seed, int length) {
    return new java.util.ArrayList<>(
        new RandomChains(seed).chain(length).stream().map(ExportLine::text).toList());
  }

  private static Verdict verdict(List<String> lines) {
    ChainVerifier verifier = ChainVerifier.startingAtGenesis();
    lines.forEach(verifier::accept);
    return verifier.verdict();
  }

  private static long badSeq(List<String> lines) {
    return verdict(lines) instanceof Verdict.Broken broken ? broken.fault().seq() : 0;
  }
}
