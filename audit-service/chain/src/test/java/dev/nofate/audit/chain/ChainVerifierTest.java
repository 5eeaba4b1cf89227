package dev.nofate.audit.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChainVerifierTest {

  private static final UUID TENANT = UUID.fromString("018f3f6e-7c1a-7000-8000-000000000001");

  private final List<Entry> chain = new RandomChains(42).chain(5);

  @Test
  void goesOnFromAPositionThatIsKnown() {
    ChainVerifier verifier = ChainVerifier.startingAt(Position.behind(chain.get(1)));

    chain.subList(2, 5).forEach(verifier::accept);

    assertThat(verifier.verdict()).isEqualTo(new Verdict.Valid(3, Position.behind(chain.get(4))));
  }

  @Test
  void findsAnEmptyChainOfANamedTenantIntact() {
    assertThat(ChainVerifier.startingAtGenesis(TENANT).verdict())
        .isEqualTo(new Verdict.Valid(0, Position.genesis(TENANT)));
  }

  @Test
  void refusesAnotherTenantsChain() {
    assertThat(ChainVerifier.startingAtGenesis(TENANT).accept(chain.get(0)))
        .hasValueSatisfying(fault -> assertThat(fault.code()).isEqualTo(Fault.Code.TENANT_CHANGED));
  }

  @Test
  void staysWithTheFirstFault() {
    ChainVerifier verifier = ChainVerifier.startingAtGenesis();
    Fault first = verifier.accept("hello").orElseThrow();

    assertThat(verifier.accept(chain.get(0))).contains(first);
    assertThat(verifier.accept(ExportLine.text(chain.get(0)))).contains(first);
    assertThat(verifier.verdict()).isEqualTo(new Verdict.Broken(first));
  }

  @Test
  void readsTheSameEventInAnyLayout() {
    String line = ExportLine.text(chain.get(0)).replace(",\"seq\":1", " , \"seq\" :\t1 ");

    assertThat(ChainVerifier.startingAtGenesis().accept(line)).isEmpty();
  }

  @Test
  void acceptsAnExportWhoseLastLineHasNoEnd() throws IOException {
    String export = ExportLine.text(chain.get(0)) + "\n" + ExportLine.text(chain.get(1));

    assertThat(verdict(export)).isEqualTo(new Verdict.Valid(2, Position.behind(chain.get(1))));
  }

  @Test
  void refusesALineThatNeverEnds() throws IOException {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            java.util.Arrays.fill(target, offset, offset + length, (byte) 'x');
            return length;
          }
        };

    Verdict verdict = ChainVerifier.startingAtGenesis().acceptAll(endless);

    assertThat(((Verdict.Broken) verdict).fault().code()).isEqualTo(Fault.Code.LINE_TOO_LONG);
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    byte[] latin =
        ExportLine.text(chain.get(0))
            .replace("_", "é")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    Verdict verdict = ChainVerifier.startingAtGenesis().acceptAll(new ByteArrayInputStream(latin));

    assertThat(((Verdict.Broken) verdict).fault().text()).isEqualTo("the line is not UTF-8");
  }

  @Test
  void saysNothingOfThePayloadInAFault() {
    String line =
        ExportLine.text(chain.get(0)).replace("\"payload\":{", "\"payload\":{\"secret\":1,");

    assertThat(ChainVerifier.startingAtGenesis().accept(line).orElseThrow().text())
        .doesNotContain("secret");
  }

  @Test
  void takesTheLongestPayloadThereCanBe() {
    String longest = "x".repeat(Payload.MAX_BYTES - "{\"s\":\"\"}".length());
    Entry entry =
        Position.genesis(TENANT)
            .next(
                EventTime.parse("2026-11-23T10:00:00.000000Z"),
                "admin_action",
                null,
                Payload.parse("{\"s\":\"" + longest + "\"}"));

    assertThat(ChainVerifier.startingAtGenesis().accept(ExportLine.text(entry))).isEmpty();
    assertThat(ExportLine.text(entry)).hasSizeLessThan(ExportLine.MAX_CHARS);
  }

  private static Verdict verdict(String export) throws IOException {
    return ChainVerifier.startingAtGenesis()
        .acceptAll(new ByteArrayInputStream(export.getBytes(UTF_8)));
  }
}
