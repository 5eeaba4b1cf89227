package dev.nofate.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.embedded.Logins;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

  @TempDir private Path folder;

  @Test
  void areMadeOnceAndKept() {
    Home home = new Home(folder, folder);

    assertThat(Secrets.of(home)).isEqualTo(Secrets.of(home));
  }

  @Test
  void haveTheFormThatServicesExpect() {
    Secrets secrets = Secrets.generate(new SecureRandom());

    assertThat(secrets.adminToken()).matches("nf_live_[A-Za-z0-9_-]{43}");
    assertThat(secrets.stripeWebhookSecret()).matches("whsec_[A-Za-z0-9_-]{43}");
    assertThat(secrets.databasePasswords()).containsOnlyKeys(Logins.NAMES);
    assertThat(secrets.databasePasswords().values()).doesNotHaveDuplicates();
  }

  @Test
  void areNotShownAsText() {
    assertThat(Secrets.generate(new SecureRandom()).toString()).isEqualTo("Secrets[…]");
  }
}
