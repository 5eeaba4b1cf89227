package dev.nofate.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StripeSignatureTest {

  /**
   * The expected value was made with {@code printf '1700000000.{}' | openssl dgst -sha256 -hmac
   * whsec_test}.
   */
  @Test
  void isTheHmacOverTimeAndBody() {
    assertThat(StripeSignature.of("whsec_test", Instant.ofEpochSecond(1_700_000_000), "{}"))
        .isEqualTo(
            "t=1700000000,v1=35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91");
  }
}
