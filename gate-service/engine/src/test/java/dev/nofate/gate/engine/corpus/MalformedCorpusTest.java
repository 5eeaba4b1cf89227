package dev.nofate.gate.engine.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.engine.Admission;
import dev.nofate.gate.engine.Compilation;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.Intake;
import dev.nofate.gate.engine.Reading;
import dev.nofate.gate.engine.RulesetCompiler;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.engine.json.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class MalformedCorpusTest {

  private static final EngineLimits LIMITS = EngineLimits.defaults();
  private static final Admission ADMISSION =
      new Admission(
          "0192f0c1-0000-7000-8000-000000000001",
          "2026-11-23T10:00:00.000000Z",
          Octets.ofHex("00112233"));

  @Test
  void everyTextEndsInTheStateTheCorpusStates() throws IOException {
    CompiledRuleset ruleset = ruleset();
    SoftAssertions softly = new SoftAssertions();
    for (CorpusEntry entry : stored()) {
      Decision decision = decide(entry.body(), ruleset);
      softly.assertThat(decision.state().name()).as(entry.name()).isEqualTo(entry.state());
      softly
          .assertThat(decision.reason().orElseThrow().code().name())
          .as(entry.name())
          .isEqualTo(entry.code());
    }
    softly.assertAll();
  }

  @Test
  void theStoredCorpusIsWhatItsGeneratorMakes() throws IOException {
    assertThat(Files.readString(MalformedCorpus.FILE)).isEqualTo(MalformedCorpus.text());
  }

  @Test
  void theCorpusHasSeveralHundredTextsWithDistinctNames() throws IOException {
    List<CorpusEntry> entries = stored();
    assertThat(entries).hasSizeGreaterThan(700);
    assertThat(entries.stream().map(CorpusEntry::name)).doesNotHaveDuplicates();
  }

  @Test
  void aBodyBeyondTheLimitIsTooLargeWhateverItSays() throws IOException {
    byte[] body = new byte[LIMITS.request().bodyBytes() + 1];
    assertThat(decide(body, ruleset()).reason().orElseThrow().code().name())
        .isEqualTo("PAYLOAD_TOO_LARGE");
  }

  private static Decision decide(byte[] body, CompiledRuleset ruleset) {
    Reading reading = Intake.read(body, LIMITS);
    Optional<VersionedRuleset> found =
        reading
            .rulesetReference()
            .filter(reference -> names(reference, ruleset))
            .map(reference -> new VersionedRuleset(1, ruleset));
    return new Engine(LIMITS).decide(reading, found, ADMISSION);
  }

  private static boolean names(RulesetReference reference, CompiledRuleset ruleset) {
    return reference.equals(new RulesetReference.Newest(ruleset.name()));
  }

  private static CompiledRuleset ruleset() throws IOException {
    byte[] document = Files.readAllBytes(Path.of("src/test/resources/corpus/ruleset-v1.json"));
    return ((Compilation.Compiled) RulesetCompiler.compile(document, LIMITS)).ruleset();
  }

  private static List<CorpusEntry> stored() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<CorpusEntry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(MalformedCorpus.FILE)) {
      entries.add(CorpusEntry.read(mapper.readTree(line)));
    }
    return entries;
  }
}
