package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.system.suite.Markdown;
import dev.nofate.system.suite.Shell;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README says is done, in its order, by the shell. */
@SuiteTest
class ReadmeIT {

  private static final Path ROOT = Path.of(System.getProperty("nofate.root"));
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theCommandsOfTheReadmeDoWhatItSays(Suite suite) throws IOException {
    List<String> blocks = shellBlocks();
    assertThat(blocks).hasSize(8);
    assertThat(blocks.get(0)).isEqualTo("./nofate demo\n");
    assertThat(blocks.get(1)).isEqualTo("./mvnw verify\n");
    // The suite of these tests keeps its state in another folder than the README's.
    String variables = blocks.get(2).replace(".nofate/stack.json", suite.home() + "/stack.json");

    JsonNode published = JSON.readTree(run(suite, variables + blocks.get(3)).output());
    assertThat(published.get("name").textValue()).isEqualTo("payments.transfer");

    JsonNode answer = JSON.readTree(run(suite, variables + blocks.get(4)).output());
    assertThat(answer.get("state").textValue()).isEqualTo("NO_DETERMINISTIC_OUTCOME");
    assertThat(answer.at("/reason/missing/0").textValue()).isEqualTo("context.limit");

    String chain = suite.home().resolve("chain.jsonl").toString();
    Shell.Result verified = run(suite, variables + blocks.get(5).replace("chain.jsonl", chain));
    assertThat(verified.exitCode()).as(verified.output()).isZero();

    String receipt =
        blocks
            .get(6)
            .replace("chain.jsonl", chain)
            .replace("receipt.txt", suite.home() + "/receipt.txt")
            .replace("audit-keys.json", suite.home() + "/audit-keys.json");
    Shell.Result shown = run(suite, variables + receipt);
    assertThat(shown.exitCode()).as(shown.output()).isZero();
    assertThat(shown.output()).contains("is in the signed tree");

    JsonNode rotated = JSON.readTree(run(suite, variables + blocks.get(7)).output());
    assertThat(rotated.get("scopes").get(0).textValue()).isEqualTo("evaluate");
    assertThat(rotated.get("key").textValue()).startsWith("nf_");
  }

  @Test
  void theDemoEndsAsTheReadmeShows(Suite suite) {
    Shell.Result demo =
        Shell.run(ROOT, suite.home().resolveSibling("demo"), "./nofate demo --once");
    assertThat(demo.output()).contains("Everything is as expected.");
    assertThat(demo.exitCode()).as(demo.output()).isZero();
  }

  @Test
  void everyLinkOfTheReadmesLeadsSomewhere() {
    for (Path readme : Markdown.files(ROOT)) {
      Matcher link = LINK.matcher(Markdown.text(readme));
      while (link.find()) {
        assertThat(readme.resolveSibling(link.group(1))).as("in %s", readme).exists();
      }
    }
  }

  private static Shell.Result run(Suite suite, String commands) {
    return Shell.run(ROOT, suite.home(), commands);
  }

  private static List<String> shellBlocks() {
    return Markdown.blocks(ROOT.resolve("README.md")).stream()
        .filter(block -> block.info().equals("sh"))
        .map(Markdown.Block::text)
        .toList();
  }
}
