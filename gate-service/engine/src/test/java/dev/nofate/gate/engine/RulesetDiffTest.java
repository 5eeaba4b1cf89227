package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.json.CanonicalJson;
import dev.nofate.gate.engine.json.JsonLimits;
import dev.nofate.gate.engine.json.Octets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RulesetDiffTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void aDocumentDoesNotDifferFromItself() {
    RulesetDiff diff = diff(document -> {});
    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.toJson().toString())
        .isEqualTo(
            "{\"rules\":{\"added\":[],\"removed\":[],\"changed\":[],\"reordered\":false},"
                + "\"members\":[]}");
  }

  @Test
  void tellsRulesAddedRemovedAndChangedById() {
    RulesetDiff diff =
        diff(
            document -> {
              ArrayNode rules = (ArrayNode) document.get("rules");
              ((ObjectNode) rules.get(1)).put("when", "proposal.amount > 9");
              ((ObjectNode) rules.get(1)).remove("cite");
              rules.remove(0);
              rules.addObject().put("id", "never").put("when", "false").put("outcome", "VIOLATION");
            });
    assertThat(diff.toJson().get("rules").toString())
        .isEqualTo(
            "{\"added\":[{\"id\":\"never\",\"outcome\":\"VIOLATION\",\"when\":\"false\"}],"
                + "\"removed\":[{\"cite\":\"TP 4.1\",\"id\":\"within-limit\","
                + "\"outcome\":\"COMPLIANCE\",\"when\":\"proposal.amount <= context.limit\"}],"
                + "\"changed\":[{\"id\":\"over-limit\",\"members\":["
                + "{\"pointer\":\"/cite\",\"before\":\"TP 4.2\"},"
                + "{\"pointer\":\"/when\",\"before\":\"proposal.amount > context.limit\","
                + "\"after\":\"proposal.amount > 9\"}]}],\"reordered\":false}");
    assertThat(diff.members()).isEmpty();
  }

  @Test
  void tellsOtherMembersByPointerWithBeforeAndAfter() {
    RulesetDiff diff =
        diff(
            document -> {
              document.put("decision_window_ms", 9);
              ((ObjectNode) document.at("/facts/properties/context/properties"))
                  .putObject("a/b")
                  .put("type", "null");
              document.remove("renderings");
            });
    assertThat(diff.toJson().get("members").toString())
        .isEqualTo(
            "[{\"pointer\":\"/decision_window_ms\",\"before\":5000,\"after\":9},"
                + "{\"pointer\":\"/facts/properties/context/properties/a~1b\","
                + "\"after\":{\"type\":\"null\"}},"
                + "{\"pointer\":\"/renderings\",\"before\":{\"notice\":{\"media_type\":"
                + "\"text/plain\",\"template\":\"Transfer of {{ir.amount}} recorded.\"}}}]");
  }

  @Test
  void comparesExamplesByTheirNames() {
    RulesetDiff diff =
        diff(
            document -> {
              ArrayNode examples = (ArrayNode) document.get("examples");
              ((ObjectNode) examples.get(1).get("proposal")).put("amount", 2);
              examples.remove(0);
            });
    assertThat(diff.members().stream().map(change -> change.pointer()))
        .containsExactly("/examples/0/proposal/amount", "/examples/0");
    assertThat(diff.members().get(1).after()).isEmpty();
  }

  @Test
  void tellsThatOnlyTheOrderDiffers() {
    RulesetDiff diff =
        diff(
            document -> {
              ArrayNode rules = (ArrayNode) document.get("rules");
              rules.add(rules.remove(0));
            });
    assertThat(diff.reordered()).isTrue();
    assertThat(diff.isEmpty()).isFalse();
    assertThat(diff.changed()).isEmpty();
    RulesetDiff examples =
        diff(
            document -> {
              ArrayNode list = (ArrayNode) document.get("examples");
              list.add(list.remove(0));
            });
    assertThat(examples.members()).hasSize(1);
  }

  @Test
  void refusesWhatIsNoRulesetDocument() {
    Octets good = TestRulesets.compile(TestRulesets.TRANSFER).canonicalDocument();
    for (String text : new String[] {"", "[]", "{}", "{\"rules\":[1]}"}) {
      assertThatThrownBy(
              () -> RulesetDiff.between(good, Octets.ofUtf8(text), JsonLimits.defaults()))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static RulesetDiff diff(Consumer<ObjectNode> edit) {
    Octets before = TestRulesets.compile(TestRulesets.TRANSFER).canonicalDocument();
    try {
      JsonNode after = MAPPER.readTree(before.utf8());
      edit.accept((ObjectNode) after);
      return RulesetDiff.between(before, CanonicalJson.write(after), JsonLimits.defaults());
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
