package dev.nofate.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

  @TempDir private Path root;
  private Home home;

  @BeforeEach
  void makesTheStateFolder() {
    home = new Home(root, root.resolve("state")).create();
  }

  @Test
  void aNativeServiceIsItsNewestExecutable() throws IOException {
    executable("gate-app-0.1-runner", 1_000);
    Path newest = executable("gate-app-0.2-runner", 2_000);
    JavaProcess program = new Programs(home, true).service(Service.GATE, Map.of());
    assertThat(program.program()).isEqualTo(newest);
    assertThat(program.command()).containsExactly("-Xmx" + Service.GATE.heapMib() + "m");
  }

  @Test
  void anExecutableThatIsMissingIsNamed() {
    assertThatThrownBy(() -> new Programs(home, true).service(Service.AUDIT, Map.of()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("audit-service")
        .hasMessageContaining("-Dnative");
  }

  @Test
  void whatIsNotAskedForStaysAsItIs() {
    Stack.Wishes first =
        new Stack.Wishes(Duration.ofSeconds(10), null, Duration.ofMinutes(1))
            .withNative(true)
            .withTelemetryOf(Map.of("LOG_JSON", "true", "STRIPE_SECRET_KEY", "not passed on"));
    Tuning.of(home, first);
    Tuning kept = Tuning.of(home, new Stack.Wishes(null, null, Duration.ofMinutes(1)));
    assertThat(kept)
        .isEqualTo(new Tuning("PT10S", "PT72H", true, Map.of("LOG_JSON", "true")))
        .isEqualTo(Tuning.of(home));
    Tuning.forget(home);
    assertThat(Tuning.of(home).nativePrograms()).isFalse();
  }

  private Path executable(String name, long modified) throws IOException {
    Path target = Files.createDirectories(root.resolve("gate-service/app/target"));
    Path file = Files.writeString(target.resolve(name), "");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    assertThat(file.toFile().setLastModified(modified)).isTrue();
    return home.root().resolve("gate-service/app/target").resolve(name);
  }
}
