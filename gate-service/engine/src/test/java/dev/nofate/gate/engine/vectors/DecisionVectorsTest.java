package dev.nofate.gate.engine.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Reason;
import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecisionVectorsTest {

  private static final Set<ReasonCode> BACKWARD_ONLY =
      EnumSet.of(ReasonCode.MULTIPLE_RENDERINGS, ReasonCode.RENDERING_INCOMPLETE);

  @ParameterizedTest
  @EnumSource
  void everyCaseEndsAsItIsStated(DecisionVectors vectors) {
    SoftAssertions softly = new SoftAssertions();
    for (VectorCase vector : vectors.cases()) {
      Decision decision = vectors.decide(vector);
      softly.assertThat(decision.state()).as(vector.name()).isEqualTo(vector.state());
      softly
          .assertThat(decision.reason().map(Reason::code))
          .as(vector.name())
          .isEqualTo(vector.code());
    }
    softly.assertAll();
  }

  @ParameterizedTest
  @EnumSource
  void theStoredVectorsAreWhatTheirGeneratorMakes(DecisionVectors vectors) throws IOException {
    assertThat(Files.readString(vectors.file())).isEqualTo(vectors.text());
  }

  @ParameterizedTest
  @EnumSource
  void theVectorsCoverEveryStateAndEveryCodeOfTheirDirection(DecisionVectors vectors) {
    Set<ReasonCode> codes = EnumSet.allOf(ReasonCode.class);
    if (vectors == DecisionVectors.FORWARD) {
      codes.removeAll(BACKWARD_ONLY);
    }
    assertThat(vectors.cases().stream().map(VectorCase::state)).contains(State.values());
    assertThat(vectors.cases().stream().flatMap(vector -> vector.code().stream()).distinct())
        .containsExactlyInAnyOrderElementsOf(codes);
    assertThat(vectors.cases()).hasSizeGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @EnumSource
  void aReaderWithAnotherCanonicaliserFindsTheSameDigests(DecisionVectors vectors)
      throws IOException, GeneralSecurityException {
    JsonNode root = new ObjectMapper().readTree(Files.readString(vectors.file()));
    for (JsonNode ruleset : root.get("rulesets")) {
      assertThat(sha256(canonical(ruleset.get("canonical").textValue())))
          .isEqualTo(ruleset.get("digest").textValue());
    }
    for (JsonNode vector : root.get("vectors")) {
      ObjectNode answer = vector.get("expect").deepCopy();
      String digest = answer.remove("decision_digest").textValue();
      answer.remove("renderings");
      assertThat(sha256(canonical(answer.toString())))
          .as(vector.get("name").textValue())
          .isEqualTo(digest);
      for (JsonNode rendering : vector.get("expect").path("renderings")) {
        assertThat(sha256(rendering.get("content").textValue()))
            .isEqualTo(rendering.get("digest").textValue());
      }
    }
  }

  private static String canonical(String json) throws IOException {
    return new JsonCanonicalizer(json).getEncodedString();
  }

  private static String sha256(String text) throws GeneralSecurityException {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    return "sha256:"
        + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
  }
}
