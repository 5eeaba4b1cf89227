package dev.nofate.gate.engine.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.engine.Compilation;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Decisions;
import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.Intake;
import dev.nofate.gate.engine.Reading;
import dev.nofate.gate.engine.RulesetCompiler;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.VersionedRuleset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class BackwardCorpusTest {

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
    assertThat(Files.readString(BackwardCorpus.FILE)).isEqualTo(BackwardCorpus.text());
  }

  @Test
  void theCorpusHasManyTextsWithDistinctNames() throws IOException {
    List<CorpusEntry> entries = stored();
    assertThat(entries).hasSizeGreaterThan(250);
    assertThat(entries.stream().map(CorpusEntry::name)).doesNotHaveDuplicates();
  }

  private static Decision decide(byte[] body, CompiledRuleset ruleset) {
    Reading reading = Intake.readBackward(body, Decisions.LIMITS);
    return new Engine(Decisions.LIMITS)
        .decide(
            reading,
            reading
                .rulesetReference()
                .filter(new RulesetReference.Newest(ruleset.name())::equals)
                .map(reference -> new VersionedRuleset(1, ruleset)),
            Decisions.ADMISSION);
  }

  private static CompiledRuleset ruleset() throws IOException {
    byte[] document =
        Files.readAllBytes(Path.of("src/test/resources/corpus/ruleset-backward-v1.json"));
    return ((Compilation.Compiled) RulesetCompiler.compile(document, Decisions.LIMITS)).ruleset();
  }

  private static List<CorpusEntry> stored() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<CorpusEntry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(BackwardCorpus.FILE)) {
      entries.add(CorpusEntry.read(mapper.readTree(line)));
    }
    return entries;
  }
}
