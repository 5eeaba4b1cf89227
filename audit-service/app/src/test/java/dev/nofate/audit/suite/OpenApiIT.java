package dev.nofate.audit.suite;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Verdict;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiIT {

  private static final Pattern ADVICE =
      Pattern.compile("\\b(should|must|please|try|consider|recommend\\w*|ensure)\\b");

  private static final Path SNAPSHOT = Path.of("src/test/resources/openapi.yaml");
  private static final Path OBSERVED = Path.of("target/openapi-observed.yaml");
  private static final YAMLMapper YAML = new YAMLMapper();

  /** After a change on purpose the file that was observed becomes the new snapshot. */
  @Test
  void isTheCommittedDescription() throws IOException {
    String observed = given().get("/q/openapi").then().statusCode(200).extract().asString();
    Files.writeString(OBSERVED, observed, StandardCharsets.UTF_8);
    assertThat(YAML.readTree(observed))
        .as("the description differs from %s; what was observed is in %s", SNAPSHOT, OBSERVED)
        .isEqualTo(YAML.readTree(SNAPSHOT.toFile()));
  }

  @Test
  void describesThePublicPathsAndNoOther() {
    assertThat(description().getMap("paths").keySet())
        .hasToString(
            "[/.well-known/no-fate/audit-keys, /v1/audit/attestation, /v1/audit/checkpoint, "
                + "/v1/audit/events, /v1/audit/export, /v1/audit/head, /v1/audit/proof/consistency, "
                + "/v1/audit/proof/inclusion, /v1/audit/verify]");
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
