package dev.nofate.audit.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKeysTest {

  /** The example of RFC 8410, section 10.3, and the public key that section 10.1 gives for it. */
  private static final String PEM =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  private static final String PUBLIC = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
  private static final UUID TENANT = new UUID(1, 1);

  @TempDir Path folder;

  @Test
  void derivesThePublicKeyThatTheStandardPublishes() throws IOException {
    LogKeys keys = keys("development", Map.of("key-files", key()));

    assertThat(keys.published().keys())
        .containsExactly(new PublishedKeys.Key("Ed25519", PUBLIC, "signing"));
    assertThat(keys.origin(TENANT)).hasToString("localhost/audit/" + TENANT);
  }

  @Test
  void stillBelievesAKeyThatSignsNoMore() throws IOException {
    LogKeys before = keys("development", Map.of("key-files", key()));
    String name = before.origin(TENANT).toString();
    SignedNote note = SignedNote.sign("text\n", name, before.signing());
    LogKeys after = keys("development", Map.of("retired-keys", PUBLIC));

    assertThat(note.verifiedBy(after.verifiers(name))).hasSize(1);
    assertThat(after.published().keys().get(0).state()).isEqualTo("retired");
    assertThat(after.arePresent()).isFalse();
    assertThatThrownBy(after::signing).isInstanceOf(ProblemException.class);
  }

  @Test
  void doesNotStartInProductionWithoutAKeyAndAName() throws IOException {
    assertThatThrownBy(() -> keys("production", Map.of()))
        .hasMessageContaining("AUDIT_SIGNING_KEY_FILE: missing")
        .hasMessageContaining("AUDIT_LOG_HOST: the default");
    assertThat(
            keys("production", Map.of("key-files", key(), "host", "audit.example.com"))
                .arePresent())
        .isTrue();
  }

  @Test
  void namesEverySettingThatIsNotUsable() throws IOException {
    Path none = Files.writeString(folder.resolve("none.pem"), "not a key");

    assertThatThrownBy(
            () ->
                keys(
                    "development",
                    Map.of("key-files", none.toString(), "retired-keys", "AAAA", "host", "a b")))
        .hasMessageContaining("AUDIT_SIGNING_KEY_FILE")
        .hasMessageContaining("AUDIT_RETIRED_KEYS")
        .hasMessageContaining("AUDIT_LOG_HOST");
  }

  private String key() throws IOException {
    return Files.writeString(folder.resolve("key.pem"), PEM).toString();
  }

  private static LogKeys keys(String environment, Map<String, String> settings) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(SigningConfig.class);
    settings.forEach((key, value) -> builder.withDefaultValue("audit.signing." + key, value));
    return new LogKeys(builder.build().getConfigMapping(SigningConfig.class), environment);
  }
}
