package dev.nofate.billing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.nofate.billing.standin.BillingParts;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the service offers is a committed file; a change of it is a change that somebody saw. */
@QuarkusTest
@BillingParts
class OpenApiIT {

  @Test
  void offersWhatTheCommittedFileSays() throws IOException {
    YAMLMapper yaml = new YAMLMapper();

    assertThat(yaml.readTree(served()))
        .as("openapi.yaml differs from the service; target/openapi/openapi.yaml is the new one")
        .isEqualTo(yaml.readTree(Path.of("openapi.yaml").toFile()));
  }

  @Test
  void keepsInternalAddressesOutOfIt() {
    assertThat(served()).contains("/v1/billing/ledger").doesNotContain("/internal/");
  }

  private static String served() {
    byte[] yaml =
        given().get("/q/openapi?format=yaml").then().statusCode(200).extract().asByteArray();
    return new String(yaml, StandardCharsets.UTF_8);
  }
}
