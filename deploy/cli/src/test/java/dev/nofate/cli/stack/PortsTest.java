package dev.nofate.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {

  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void makeHome() throws IOException {
    home = new Home(folder, folder);
    Files.createDirectories(home.portsFile().getParent());
  }

  @Test
  void givesEveryPartAPortOfItsOwn() {
    Ports ports = Ports.choose(home, part -> false);

    assertThat(ports.byPart()).hasSize(8);
    assertThat(ports.byPart().values()).doesNotHaveDuplicates();
  }

  @Test
  void keepsAPortThatWasGivenBefore() {
    Ports first = Ports.choose(home, part -> false);

    assertThat(Ports.choose(home, part -> false)).isEqualTo(first);
  }

  @Test
  void givesAwayNoPortThatSomebodyElseListensOn() throws IOException {
    Ports first = Ports.choose(home, part -> false);
    try (ServerSocket other =
        new ServerSocket(first.of(Ports.GATEWAY), 1, InetAddress.getLoopbackAddress())) {
      assertThat(Ports.choose(home, part -> false).of(Ports.GATEWAY))
          .isNotEqualTo(other.getLocalPort());
    }
  }

  @Test
  void leavesAPartThatRunsWhereItIs() throws IOException {
    Ports first = Ports.choose(home, part -> false);
    int port = first.of(Ports.GATEWAY);
    try (ServerSocket itself = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(itself.isBound()).isTrue();
      assertThat(Ports.choose(home, Ports.GATEWAY::equals).of(Ports.GATEWAY)).isEqualTo(port);
    }
  }
}
