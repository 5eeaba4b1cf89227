package dev.nofate.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.stack.StackFile.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFileTest {

  private static final StackFile STACK =
      new StackFile(
          "http://127.0.0.1:8080",
          "nf_live_x",
          "00000000-0000-8000-8000-000000000002",
          "nf_live_y",
          Map.of("gate-service", new Running("http://127.0.0.1:8081", 42)),
          new Running("http://127.0.0.1:8080", 43),
          new Running("postgresql://postgres:p@127.0.0.1:15432/nofate", 44),
          new Running("redis://127.0.0.1:16379", 45),
          "whsec_z");

  @TempDir private Path folder;

  @Test
  void isReadAsItWasWritten() {
    Home home = new Home(folder, folder);
    STACK.write(home);

    assertThat(StackFile.read(home)).contains(STACK);
  }

  @Test
  void hasTheMembersThatOtherProgramsRead() throws IOException {
    Home home = new Home(folder, folder);
    STACK.write(home);

    JsonNode json = Json.MAPPER.readTree(home.stackFile().toFile());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "gateway_url",
            "api_key",
            "tenant_id",
            "admin_token",
            "services",
            "gateway",
            "postgres",
            "redis",
            "stripe_webhook_secret");
    assertThat(json.at("/services/gate-service/pid").asLong()).isEqualTo(42);
    assertThat(json.at("/services/gate-service/url").asText()).isEqualTo("http://127.0.0.1:8081");
  }

  @Test
  void isReadableByItsOwnerAlone() throws IOException {
    Home home = new Home(folder, folder);
    STACK.write(home);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.stackFile())))
        .isEqualTo("rw-------");
  }

  @Test
  void isAbsentBeforeTheFirstStart() {
    assertThat(StackFile.read(new Home(folder, folder))).isEmpty();
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    Home home = new Home(folder, folder);
    Files.writeString(home.stackFile(), "{\"gateway_url\":");

    assertThatThrownBy(() -> StackFile.read(home)).isInstanceOf(CommandFailure.class);
  }

  @Test
  void showsNoSecretAsText() {
    assertThat(STACK.toString()).doesNotContain("nf_live", "whsec", "postgres:");
  }
}
