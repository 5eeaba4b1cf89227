package dev.nofate.billing.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.ApiException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import dev.nofate.billing.provider.StripeCalls.DuplicateIdentifierException;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a call came to, of all its attempts together. */
class StripeCallsTest {

  private static final StripeException NO_ANSWER = new ApiConnectionException("cut");
  private static final StripeException REFUSED = answered(400, "No such customer");
  private static final StripeException TOO_MANY = answered(429, "Too many");
  private static final StripeException KNOWN =
      answered(400, "An event already exists with identifier x.");

  private final StripeCalls calls = new StripeCalls(config());

  @Test
  void aRefusalIsOneWhenNoAttemptBeforeIsInDoubt() {
    assertThatThrownBy(() -> made(REFUSED)).isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> made(TOO_MANY, TOO_MANY, TOO_MANY))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void whatWasInDoubtOnceStaysInDoubtWhateverFollows() {
    assertThatThrownBy(() -> made(NO_ANSWER, REFUSED)).isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> made(NO_ANSWER, TOO_MANY, TOO_MANY))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(() -> made(answered(409, "under way"), REFUSED))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void aKnownIdentifierSettlesADoubt() {
    assertThatThrownBy(() -> made(NO_ANSWER, KNOWN))
        .isInstanceOf(DuplicateIdentifierException.class);
  }

  @Test
  void whatWasInDoubtStaysInDoubtWhenThereIsNoRoomForAnotherAttempt() {
    Semaphore roomForOne =
        new Semaphore(1) {
          private static final long serialVersionUID = 1L;
          private boolean taken;

          @Override
          public boolean tryAcquire(long timeout, TimeUnit unit) {
            return !taken && (taken = true);
          }
        };

    assertThatThrownBy(() -> made(new StripeCalls(config(), roomForOne), NO_ANSWER))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void anAnswerThatCannotBeReadIsInDoubt() {
    assertThatThrownBy(() -> made(answered(200, "Invalid response object"), REFUSED))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThatThrownBy(
            () -> calls.make(client -> Integer.valueOf("")).await().atMost(Duration.ofSeconds(10)))
        .isInstanceOf(OutcomeUnknownException.class);
  }

  @Test
  void theAnswerOfALaterAttemptIsTheAnswer() {
    assertThat(made(NO_ANSWER, TOO_MANY)).isEqualTo("made");
  }

  /** A call whose attempts fail like this, one each. */
  private String made(StripeException... failures) {
    return made(calls, failures);
  }

  private static String made(StripeCalls calls, StripeException... failures) {
    Queue<StripeException> left = new ArrayDeque<>(Arrays.asList(failures));
    return calls
        .make(
            client -> {
              if (left.isEmpty()) {
                return "made";
              }
              throw left.poll();
            })
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  private static StripeException answered(int status, String message) {
    return status == 400
        ? new InvalidRequestException(message, null, null, null, status, null)
        : new ApiException(message, null, null, status, null);
  }

  private static StripeConfig config() {
    return new SmallRyeConfigBuilder()
        .withMapping(StripeConfig.class)
        .withDefaultValue("billing.stripe.secret-key", "sk_test_0000000000")
        .withDefaultValue("billing.stripe.read-timeout", "PT0.2S")
        .withDefaultValue("billing.stripe.retry-back-off", "PT0.05S")
        .withDefaultValue("billing.stripe.concurrency", "1")
        .build()
        .getConfigMapping(StripeConfig.class);
  }
}
