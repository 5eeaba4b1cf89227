package dev.nofate.kit.servicetoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnServiceTokenTest {

  @TempDir Path folder;

  @Test
  void signsATokenThatNamesTheServiceAndItsAudience() throws Exception {
    KeyPair pair = pair();
    OwnServiceToken own =
        new OwnServiceToken(config(Optional.of(pem(pair)), Optional.empty()), "meter-worker");
    JwtClaims claims =
        new JwtConsumerBuilder()
            .setVerificationKey(pair.getPublic())
            .setExpectedAudience("nofate")
            .setExpectedIssuer("nofate-local")
            .setRequireExpirationTime()
            .setRequireIssuedAt()
            .build()
            .processToClaims(own.get());
    assertThat(claims.getSubject()).isEqualTo("meter-worker");
    assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
        .isEqualTo(300);
  }

  @Test
  void aTokenIsUsedAgainWhileItIsFresh() throws Exception {
    OwnServiceToken own =
        new OwnServiceToken(config(Optional.of(pem(pair())), Optional.empty()), "meter-worker");
    assertThat(own.get()).isEqualTo(own.get());
  }

  @Test
  void aProjectedTokenIsReadFromItsFile() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "projected\n");
    OwnServiceToken own =
        new OwnServiceToken(config(Optional.empty(), Optional.of(file.toString())), "meter-worker");
    assertThat(own.get()).isEqualTo("projected");
  }

  @Test
  void withoutKeyAndFileItSaysWhichSettingIsAbsent() {
    OwnServiceToken own = new OwnServiceToken(config(Optional.empty(), Optional.empty()), "x");
    assertThatThrownBy(own::get)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SERVICE_TOKEN_KEY_FILE");
  }

  private String pem(KeyPair pair) throws IOException {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPrivate().getEncoded());
    return Files.writeString(
            folder.resolve("key.pem"),
            "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n")
        .toString();
  }

  private static KeyPair pair() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static ServiceTokenConfig config(Optional<String> key, Optional<String> token) {
    return new ServiceTokenConfig() {
      @Override
      public Optional<String> jwks() {
        return Optional.empty();
      }

      @Override
      public Optional<String> keyFile() {
        return key;
      }

      @Override
      public Optional<String> tokenFile() {
        return token;
      }

      @Override
      public String issuer() {
        return "nofate-local";
      }

      @Override
      public Optional<String> subjectPrefix() {
        return Optional.empty();
      }

      @Override
      public Duration lifetime() {
        return Duration.ofMinutes(5);
      }

      @Override
      public Duration reread() {
        return Duration.ofSeconds(30);
      }

      @Override
      public int verifiedTokens() {
        return 10;
      }
    };
  }
}
