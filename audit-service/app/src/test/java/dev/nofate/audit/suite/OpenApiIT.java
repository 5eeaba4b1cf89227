package dev.nofate.audit.suite;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiIT {

  private static final Pattern ADVICE =
      Pattern.compile("\\b(should|must|please|try|consider|recommend\\w*|ensure)\\b");

  @Test
  void describesThePublicPathsAndNoOther() {
    assertThat(description().getMap("paths").keySet())
        .hasToString("[/v1/audit/events, /v1/audit/export, /v1/audit/head, /v1/audit/verify]");
  }

  @Test
  void showsAnExportThatVerifies() throws JsonProcessingException {
    Object example =
        description()
            .get(
                "paths.'/v1/audit/export'.get.responses.'200'.content.'application/jsonl'.examples.'one event'.value");
    ChainVerifier verifier = ChainVerifier.startingAtGenesis();
    verifier.accept(new ObjectMapper().writeValueAsString(example));

    assertThat(verifier.verdict()).isInstanceOf(Verdict.Valid.class);
  }

  @Test
  void statesWithoutAdvising() {
    assertThat(given().get("/q/openapi?format=json").asString()).doesNotContainPattern(ADVICE);
  }

  private static JsonPath description() {
    return given().get("/q/openapi?format=json").jsonPath();
  }
}
