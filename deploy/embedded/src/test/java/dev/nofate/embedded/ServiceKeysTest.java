package dev.nofate.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceKeysTest {

  @TempDir private Path folder;

  @Test
  void makesAKeyAServiceThatOnlyTheOwnerReads() throws IOException {
    ServiceKeys keys = ServiceKeys.in(folder);

    for (String service : ServiceKeys.SERVICES) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(keys.privateKey(service))))
          .isEqualTo("rw-------");
      assertThat(Files.readString(keys.jwks())).contains("\"kid\":\"" + service + "\"");
    }
  }

  @Test
  void keepsTheKeysItFinds() throws IOException {
    String first = Files.readString(ServiceKeys.in(folder).jwks());

    assertThat(Files.readString(ServiceKeys.in(folder).jwks())).isEqualTo(first);
  }

  @Test
  void publishesNoPrivateMember() throws IOException {
    assertThat(Files.readString(ServiceKeys.in(folder).jwks()))
        .doesNotContain("\"d\"", "\"p\"", "\"q\"");
  }
}
