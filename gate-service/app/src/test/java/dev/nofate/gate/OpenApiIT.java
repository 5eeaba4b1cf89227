package dev.nofate.gate;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.standin.GateTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The published description is the committed one. After a change on purpose the file that the test
 * wrote beside its reports becomes the new snapshot.
 */
@GateTest
class OpenApiIT {

  private static final Path SNAPSHOT = Path.of("src/test/resources/openapi.yaml");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path OBSERVED = Path.of("target/openapi-observed.yaml");

  @Test
  void theDescriptionIsTheCommittedOne() throws IOException {
    String observed = given().get("/q/openapi").then().statusCode(200).extract().asString();
    Files.writeString(OBSERVED, observed, StandardCharsets.UTF_8);
    assertThat(YAML.readTree(observed))
        .as("the description differs from %s; what was observed is in %s", SNAPSHOT, OBSERVED)
        .isEqualTo(YAML.readTree(SNAPSHOT.toFile()));
  }

  @Test
  void exactlyFourStatesAreDescribed() {
    List<String> described =
        given()
            .get("/q/openapi?format=json")
            .then()
            .statusCode(200)
            .extract()
            .path("components.schemas.State.enum");
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(State.values()).map(Enum::name).toList());
  }

  @Test
  void nothingInternalIsDescribed() {
    assertThat(given().get("/q/openapi").asString()).doesNotContain("/internal");
  }

  @Test
  void aPersonCanLookAtIt() {
    given().get("/q/swagger-ui/").then().statusCode(200);
  }
}
