package dev.nofate.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnProcessTest {

  private static final Path FOLDER = Path.of("/srv/example/.nofate");

  private Process process;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sh", "-c", "read line", "x", "-Dhome=" + FOLDER).start();
  }

  @AfterEach
  void stop() {
    process.destroyForcibly();
  }

  @Test
  void isFoundByItsFolder() {
    assertThat(OwnProcess.find(process.pid(), FOLDER)).isPresent();
    assertThat(OwnProcess.find(process.pid(), Path.of("/srv/example"))).isPresent();
  }

  @Test
  void aFolderWithALongerOrShorterNameIsAnother() {
    assertThat(OwnProcess.find(process.pid(), Path.of("/srv/example/.no"))).isEmpty();
    assertThat(OwnProcess.find(process.pid(), Path.of("/srv/example/.nofate2"))).isEmpty();
    assertThat(OwnProcess.find(process.pid(), Path.of("/example/.nofate"))).isEmpty();
  }

  @Test
  void isEndedAndThenFoundNoMore() {
    OwnProcess.end(process.toHandle(), Duration.ofSeconds(5));

    assertThat(OwnProcess.find(process.pid(), FOLDER)).isEmpty();
  }
}
