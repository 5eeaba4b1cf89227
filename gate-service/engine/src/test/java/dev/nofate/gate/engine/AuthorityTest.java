package dev.nofate.gate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AuthorityTest {

  private static final CompiledRuleset WIRE = TestRulesets.compile(TestRulesets.AUTHORISED);
  private static final String GOOD =
      "{\"action\":\"wire\",\"tenant\":\"" + Decisions.TENANT + "\",\"exp\":1795432000}";

  @Test
  void everyBadGrantGivesTheSameAnswer() {
    String good = TestGrants.edDsa(GOOD);
    assertThat(wire(good).reason()).isEmpty();
    Set<ObjectNode> answers = new LinkedHashSet<>();
    for (String grant :
        List.of(
            "",
            "x",
            "a.b.c",
            good.substring(0, 40),
            good + "A",
            TestGrants.edDsa("{}"),
            TestGrants.edDsa(GOOD.replace("wire", "refund")),
            TestGrants.edDsa(GOOD.replace("1795432000", "1700000000")),
            TestGrants.es256(GOOD.replace("wire", "refund")),
            TestGrants.edDsa(GOOD.replace("}", ",\"parent\":\"sha256:" + "0".repeat(64) + "\"}")),
            TestGrants.edDsa(
                GOOD.replace(
                    "}", ",\"cnf\":{\"jwk\":" + TestGrants.P256_DELEGATE + "},\"max_depth\":1}")),
            good.repeat(20))) {
      ObjectNode answer = wire(grant).toJson();
      answer.remove(List.of("request", "decision_digest"));
      answers.add(answer);
    }
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next().get("reason").toString())
        .isEqualTo("{\"gate\":\"authority\",\"code\":\"AUTHORITY_REJECTED\"}");
  }

  @Test
  void grantsAreReadUpToTheirLimits() {
    EngineLimits limits = Decisions.LIMITS;
    assertThat(code("x".repeat(limits.grantLength()))).isEqualTo(ReasonCode.AUTHORITY_REJECTED);
    assertThat(code("x".repeat(limits.grantLength() + 1))).isEqualTo(ReasonCode.PAYLOAD_TOO_LARGE);
    String[] many = new String[limits.grants()];
    java.util.Arrays.fill(many, "x");
    assertThat(code(many)).isEqualTo(ReasonCode.AUTHORITY_REJECTED);
    List<String> more = new ArrayList<>(List.of(many));
    more.add("x");
    assertThat(code(more.toArray(String[]::new))).isEqualTo(ReasonCode.PAYLOAD_TOO_LARGE);
  }

  @Test
  void publishingRefusesKeysThatAreSecretUnnamedRepeatedOrWeak() {
    String edwards = TestGrants.ED25519_PUBLIC;
    String prime = TestGrants.P256_PUBLIC;
    String refused = "INVALID_KEY /authority/keys/0";
    assertThat(problems(edwards.replace("}", ",\"d\":\"" + "A".repeat(43) + "\"}")))
        .containsExactly(refused);
    assertThat(problems(prime.replace("}", ",\"d\":\"" + "A".repeat(43) + "\"}")))
        .containsExactly(refused);
    assertThat(problems(edwards.replace("\"kid\":\"treasury-ed\",", ""))).containsExactly(refused);
    assertThat(problems(prime.replace("\"kid\":\"treasury-ec\",", ""))).containsExactly(refused);
    assertThat(problems(edwards, edwards)).containsExactly("DUPLICATE_ID /authority/keys/1/kid");
    assertThat(problems(edwards, prime.replace("treasury-ec", "treasury-ed")))
        .containsExactly("DUPLICATE_ID /authority/keys/1/kid");
    assertThat(
            problems(edwards.replaceAll("\"x\":\"[^\"]*\"", "\"x\":\"AQ" + "A".repeat(41) + "\"")))
        .containsExactly(refused);
    assertThat(problems(edwards.replaceAll("\"x\":\"[^\"]*\"", "\"x\":\"" + "A".repeat(43) + "\"")))
        .containsExactly(refused);
    assertThat(problems(prime.replace("x_FEzRu9", "x_FEzRu8"))).containsExactly(refused);
    assertThat(
            problems(
                prime.replaceAll("\"([xy])\":\"[^\"]*\"", "\"$1\":\"" + "A".repeat(43) + "\"")))
        .containsExactly(refused);
    assertThat(problems(edwards, prime)).isEmpty();
  }

  private static List<String> problems(String... keys) {
    String document =
        TestRulesets.AUTHORISED.replace(
            TestGrants.ED25519_PUBLIC + ", " + TestGrants.P256_PUBLIC, String.join(",", keys));
    Compilation compilation =
        RulesetCompiler.compile(document.getBytes(StandardCharsets.UTF_8), Decisions.LIMITS);
    return compilation instanceof Compilation.Refused refused
        ? refused.problems().stream().map(p -> p.code() + " " + p.pointer()).toList()
        : List.of();
  }

  private static ReasonCode code(String... grants) {
    return wire(grants).reason().orElseThrow().code();
  }

  private static Decision wire(String... grants) {
    String array =
        List.of(grants).stream().map(g -> "\"" + g + "\"").collect(Collectors.joining(","));
    return Decisions.decide(
        WIRE, Decisions.body("\"proposal\":{\"amount\":1},\"authority\":[" + array + "]"));
  }
}
