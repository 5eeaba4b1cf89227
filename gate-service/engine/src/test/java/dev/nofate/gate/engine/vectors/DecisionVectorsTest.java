package dev.nofate.gate.engine.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Reason;
import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.engine.TestRulesets;
import dev.nofate.gate.engine.VersionedRuleset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

class DecisionVectorsTest {

  private static final Set<ReasonCode> BACKWARD_ONLY =
      EnumSet.of(ReasonCode.MULTIPLE_RENDERINGS, ReasonCode.RENDERING_INCOMPLETE);

  @Test
  void everyCaseEndsAsItIsStated() {
    Map<String, VersionedRuleset> rulesets = new LinkedHashMap<>();
    TestRulesets.all()
        .forEach(
            (name, text) ->
                rulesets.put(name, new VersionedRuleset(3, TestRulesets.compile(text))));
    SoftAssertions softly = new SoftAssertions();
    for (VectorCase vector : VectorCases.all()) {
      Decision decision = DecisionVectors.decide(vector, rulesets);
      softly.assertThat(decision.state()).as(vector.name()).isEqualTo(vector.state());
      softly
          .assertThat(decision.reason().map(Reason::code))
          .as(vector.name())
          .isEqualTo(vector.code());
    }
    softly.assertAll();
  }

  @Test
  void theStoredVectorsAreWhatTheirGeneratorMakes() throws IOException {
    assertThat(Files.readString(DecisionVectors.FILE)).isEqualTo(DecisionVectors.text());
  }

  @Test
  void theVectorsCoverEveryStateAndEveryCodeOfForwardEvaluation() {
    Set<ReasonCode> codes = EnumSet.noneOf(ReasonCode.class);
    Set<State> states = EnumSet.noneOf(State.class);
    for (VectorCase vector : VectorCases.all()) {
      vector.code().ifPresent(codes::add);
      states.add(vector.state());
    }
    assertThat(states).containsExactlyInAnyOrder(State.values());
    assertThat(codes)
        .containsExactlyInAnyOrder(
            Arrays.stream(ReasonCode.values())
                .filter(code -> !BACKWARD_ONLY.contains(code))
                .toArray(ReasonCode[]::new));
    assertThat(VectorCases.all()).hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void aReaderWithAnotherCanonicaliserFindsTheSameDigests()
      throws IOException, GeneralSecurityException {
    JsonNode root = new ObjectMapper().readTree(Files.readString(DecisionVectors.FILE));
    for (JsonNode ruleset : root.get("rulesets")) {
      assertThat(sha256(ruleset.get("canonical").textValue()))
          .isEqualTo(ruleset.get("digest").textValue());
    }
    for (JsonNode vector : root.get("vectors")) {
      ObjectNode answer = vector.get("expect").deepCopy();
      String digest = answer.remove("decision_digest").textValue();
      assertThat(sha256(answer.toString())).as(vector.get("name").textValue()).isEqualTo(digest);
    }
  }

  private static String sha256(String json) throws IOException, GeneralSecurityException {
    byte[] canonical =
        new JsonCanonicalizer(json).getEncodedString().getBytes(StandardCharsets.UTF_8);
    return "sha256:"
        + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
  }
}
