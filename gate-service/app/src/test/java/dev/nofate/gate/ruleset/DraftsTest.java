package dev.nofate.gate.ruleset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DraftsTest {

  private static final TenantId TENANT = new TenantId(new UUID(1, 1));
  private static final byte[] DOCUMENT = Examples.RULESET.getBytes(UTF_8);

  @Test
  void aCheckThatFindsNoPlaceIsToldSo() {
    Drafts full = drafts("0");
    ProblemException told =
        catchThrowableOfType(
            ProblemException.class, () -> full.check(TENANT, DOCUMENT).await().indefinitely());
    assertThat(told.problem().code()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void aCheckLeavesItsPlaceWhenItEnds() {
    Drafts one = drafts("1");
    for (int i = 0; i < 3; i++) {
      assertThat(one.check(TENANT, DOCUMENT).await().indefinitely().ok()).isTrue();
      assertThat(one.check(TENANT, new byte[0]).await().indefinitely().ok()).isFalse();
    }
  }

  @Test
  void aPublicationThatFindsNoPlaceIsToldSo() {
    Drafts full = drafts("0");
    ProblemException told =
        catchThrowableOfType(
            ProblemException.class,
            () -> full.compileToPublish(TENANT, DOCUMENT).await().indefinitely());
    assertThat(told.problem().code()).isEqualTo(ErrorCode.UNAVAILABLE);
  }

  @Test
  void aPublicationLeavesItsPlaceWhenTheDocumentIsCompiledOrRefused() {
    Drafts one = drafts("1");
    for (int i = 0; i < 3; i++) {
      assertThat(one.compileToPublish(TENANT, DOCUMENT).await().indefinitely()).isNotNull();
      assertThatThrownBy(() -> one.compileToPublish(TENANT, new byte[0]).await().indefinitely())
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.RULESET_REFUSED));
    }
  }

  private static Drafts drafts(String places) {
    CheckConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(CheckConfig.class)
            .withDefaultValue("nofate.ruleset-check.running-per-tenant", places)
            .withDefaultValue("nofate.ruleset-check.publishing-per-tenant", places)
            .build()
            .getConfigMapping(CheckConfig.class);
    return new Drafts(EngineLimits.defaults(), config);
  }
}
