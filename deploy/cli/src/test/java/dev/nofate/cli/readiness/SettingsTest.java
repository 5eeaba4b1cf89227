package dev.nofate.cli.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

  @TempDir private Path folder;

  @Test
  void aServicesOwnVariableStandsAboveTheSharedOne() throws IOException {
    Settings settings =
        settings(
            """
            # the deployment
            export DATABASE_URL=postgresql://a:one@host/db
            GATE_DATABASE_URL="postgresql://b:two@host/db"
            LOG_JSON=true # as JSON
            EMPTY=
            """);
    assertThat(settings.of(Settings.GATE, "DATABASE_URL")).hasValue("postgresql://b:two@host/db");
    assertThat(settings.of(Settings.AUDIT, "DATABASE_URL")).hasValue("postgresql://a:one@host/db");
    assertThat(settings.of(Settings.METER, "LOG_JSON")).hasValue("true");
    assertThat(settings.any("EMPTY")).isEmpty();
  }

  @Test
  void aVariableThatIsNotGivenIsOutOfReach() {
    assertThatThrownBy(() -> Settings.none().need(Settings.GATE, "REDIS_URL"))
        .isInstanceOf(OutOfReach.class)
        .hasMessageContaining("REDIS_URL");
  }

  @Test
  void secretsAndPasswordsInsideAddressesAreKnownForHiding() throws IOException {
    Settings settings =
        settings(
            """
            ADMIN_API_KEY=nf_live_abcdefgh
            STRIPE_WEBHOOK_SECRET=whsec_one,whsec_two
            GATE_DATABASE_URL=postgresql://gate_app:hunter22@host/db
            REDIS_URL=rediss://:sesame99@host
            NOFATE_ENV=production
            """);
    assertThat(settings.secrets())
        .containsExactlyInAnyOrder(
            "nf_live_abcdefgh", "whsec_one", "whsec_two", "hunter22", "sesame99");
    assertThat(Report.hidden("FATAL: hunter22 and nf_live_abcdefgh", settings.secrets()))
        .isEqualTo("FATAL: … and …");
    assertThat(settings.toString()).doesNotContain("hunter22");
  }

  @Test
  void aLineThatAssignsNothingIsRefusedByItsNumber() {
    assertThatThrownBy(() -> settings("A=1\nwhat is this\n"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("line 2");
  }

  private Settings settings(String text) throws IOException {
    return Settings.of(Files.writeString(folder.resolve("file.env"), text));
  }
}
