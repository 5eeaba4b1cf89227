package dev.nofate.billing.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.net.Webhook;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCheckTest {

  private static final String OLD = "whsec_old_0123456789abcdef";
  private static final String NEW = "whsec_new_0123456789abcdef";
  private static final String BODY = "{\"id\":\"evt_1\",\"type\":\"invoice.paid\"}";
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final long T = NOW.getEpochSecond();

  private final SignatureCheck check =
      new SignatureCheck(
          List.of(NEW, OLD), Duration.ofMinutes(5), Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @ValueSource(strings = {OLD, NEW})
  void acceptsEverySecretWhileRolling(String secret) {
    assertThat(check.accepts(BODY, header(T, secret))).isTrue();
  }

  @Test
  void acceptsOneGoodSignatureAmongSeveral() {
    String header = "t=%d,v1=%s,v1=%s,v0=%s".formatted(T, "00", signature(T, OLD), "zz");

    assertThat(check.accepts(BODY, header)).isTrue();
  }

  @Test
  void refusesAnotherSecret() {
    assertThat(check.accepts(BODY, header(T, "whsec_other_0123456789abcdef"))).isFalse();
  }

  @Test
  void refusesAnotherBody() {
    assertThat(check.accepts(BODY + " ", header(T, NEW))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, 0, 300})
  void acceptsATimeWithinTheTolerance(long seconds) {
    assertThat(check.accepts(BODY, header(T + seconds, NEW))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301, 86_400, 999_000_000})
  void refusesATimeBeyondTheTolerance(long seconds) {
    assertThat(check.accepts(BODY, header(T + seconds, NEW))).isFalse();
  }

  @Test
  void refusesASecondTime() {
    String header = "t=%d,%s".formatted(T + 100_000, header(T, NEW));

    assertThat(check.accepts(BODY, header)).isFalse();
  }

  @Test
  void refusesAnOldSchemeAlone() {
    assertThat(check.accepts(BODY, "t=%d,v0=%s".formatted(T, signature(T, NEW)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "=",
        "t",
        "t=",
        "t=,v1=",
        "v1=",
        "v1",
        "t=x,v1=y",
        "t=1e3,v1=00",
        "t=-1,v1=00",
        "t=99999999999999999999,v1=00",
        "t=1795946400",
        "t=1795946400,v1",
        "t=1795946400,v1=",
        "t=1795946400;v1=00",
        "T=1795946400,V1=00",
        "t=0x10,v1=00",
        "t==1795946400,v1=00",
        "t= 1795946400,v1=00",
        "{\"t\":1}",
        "Bearer abc",
        "t=1795946400,v1=\u00e9",
        "null"
      })
  void refusesWhatItCannotRead(String header) {
    assertThat(check.accepts(BODY, header)).isFalse();
  }

  @Test
  void refusesNoHeaderAndAnEndlessOne() {
    assertThat(check.accepts(BODY, null)).isFalse();
    assertThat(check.accepts(BODY, header(T, NEW) + ",v1=00".repeat(1000))).isFalse();
  }

  @Test
  void refusesEverythingWithoutASecret() {
    SignatureCheck none =
        new SignatureCheck(List.of(), Duration.ofMinutes(5), Clock.fixed(NOW, ZoneOffset.UTC));

    assertThat(none.accepts(BODY, header(T, ""))).isFalse();
  }

  private static String header(long time, String secret) {
    return "t=%d,v1=%s".formatted(time, signature(time, secret));
  }

  private static String signature(long time, String secret) {
    try {
      return Webhook.Util.computeHmacSha256(secret.isEmpty() ? "x" : secret, time + "." + BODY);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
