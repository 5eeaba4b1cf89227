package dev.nofate.audit.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.spec.SpecVerifier;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Both implementations come to what the vector files say. */
class GoldenVectorsTest {

  @Test
  void reachesTheBindingHashes() {
    JsonNode vector = Vectors.chain();
    ChainHash hash = ChainHash.genesis(UUID.fromString(vector.get("tenant").textValue()));
    assertThat(hash.hex()).isEqualTo(vector.get("genesis").textValue());

    for (JsonNode event : vector.get("events")) {
      Envelope envelope = envelope(event.get("envelope"));
      hash = ChainHash.next(hash, envelope);
      assertThat(HexFormat.of().formatHex(envelope.canonicalBytes()))
          .isEqualTo(event.get("canonical_utf8_hex").textValue());
      assertThat(hash.hex()).isEqualTo(event.get("hash").textValue());
    }
  }

  @TestFactory
  Stream<DynamicTest> bringsPayloadsIntoTheCanonicalForm() {
    return Vectors.edge("payloads")
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.get("about").textValue(),
                    () -> {
                      String json = vector.get("json").textValue();
                      String canonical = vector.get("canonical").textValue();
                      assertThat(Payload.parse(json).canonical()).isEqualTo(canonical);
                      assertThat(Payload.parse(canonical).canonical()).isEqualTo(canonical);
                      assertThat(SpecVerifier.canonical(json)).contains(canonical);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> refusesPayloadsWithoutACanonicalForm() {
    return Vectors.edge("refused_payloads")
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.get("about").textValue(),
                    () ->
                        assertThatThrownBy(() -> Payload.parse(vector.get("json").textValue()))
                            .isInstanceOfSatisfying(
                                RefusedException.class,
                                e ->
                                    assertThat(e.code()).isEqualTo(Fault.Code.PAYLOAD_MALFORMED))));
  }

  @TestFactory
  Stream<DynamicTest> verifiesIntactChains() {
    return Vectors.edge("chains")
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.get("name").textValue(),
                    () -> {
                      List<String> lines = Vectors.texts(vector.get("lines"));
                      Verdict.Valid valid = (Verdict.Valid) verdict(lines);
                      assertThat(valid.events()).isEqualTo(lines.size());
                      assertThat(valid.head().seq()).isEqualTo(lines.size());
                      assertThat(valid.head().hash().hex())
                          .isEqualTo(vector.get("head").textValue());
                      assertThat(SpecVerifier.verify(lines).head())
                          .isEqualTo(vector.get("head").textValue());
                      assertThat(lines)
                          .allSatisfy(
                              line ->
                                  assertThat(ExportLine.text(ExportLine.parse(line)))
                                      .isEqualTo(line));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> findsTheFirstBadPlaceOfBrokenChains() {
    return Vectors.edge("broken")
        .map(
            vector ->
                DynamicTest.dynamicTest(
                    vector.get("name").textValue(),
                    () -> {
                      List<String> lines = Vectors.texts(vector.get("lines"));
                      Fault fault = ((Verdict.Broken) verdict(lines)).fault();
                      assertThat(fault.code().name()).isEqualTo(vector.get("code").textValue());
                      assertThat(fault.seq()).isEqualTo(vector.get("bad_seq").longValue());
                      assertThat(SpecVerifier.verify(lines).badSeq()).isEqualTo(fault.seq());
                    }));
  }

  private static Verdict verdict(List<String> lines) throws IOException {
    String export = String.join("", lines.stream().map(line -> line + "\n").toList());
    return ChainVerifier.startingAtGenesis()
        .acceptAll(new ByteArrayInputStream(export.getBytes(UTF_8)));
  }

  private static Envelope envelope(JsonNode json) {
    JsonNode subject = json.get("subject");
    return new Envelope(
        EventTime.parse(json.get("at").textValue()),
        Payload.parse(json.get("payload").toString()),
        json.get("seq").longValue(),
        subject.isNull() ? null : UUID.fromString(subject.textValue()),
        UUID.fromString(json.get("tenant").textValue()),
        json.get("type").textValue());
  }
}
