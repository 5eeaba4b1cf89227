package dev.nofate.billing.webhook;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a body was signed by the payment provider, a short while ago. Stripe's own library
 * compares the signature in constant time; what it lets through or stumbles over is refused here: a
 * time in the future, a second time, a header it cannot read.
 */
final class SignatureCheck {

  private static final int LONGEST_HEADER = 4096;

  /** The one time of a header; a second one would leave open which of them was signed. */
  private static final Pattern TIME = Pattern.compile("(?:^|,)\\s*t=([0-9]{1,12})(?=,|$)");

  private static final Pattern ANY_TIME = Pattern.compile("(?:^|,)\\s*t\\s*=");

  private final List<String> secrets;
  private final Duration tolerance;
  private final Clock clock;

  SignatureCheck(List<String> secrets, Duration tolerance, Clock clock) {
    this.secrets = List.copyOf(secrets);
    this.tolerance = tolerance;
    this.clock = clock;
  }

  /** Whether one of the secrets signed exactly this body, within the tolerance. */
  boolean accepts(String body, String header) {
    return header != null
        && header.length() <= LONGEST_HEADER
        && isTimely(header)
        && secrets.stream().anyMatch(secret -> isSigned(body, header, secret));
  }

  private boolean isTimely(String header) {
    if (ANY_TIME.matcher(header).results().count() != 1) {
      return false;
    }
    Matcher time = TIME.matcher(header);
    if (!time.find()) {
      return false;
    }
    Instant signedAt = Instant.ofEpochSecond(Long.parseLong(time.group(1)));
    return Duration.between(signedAt, clock.instant()).abs().compareTo(tolerance) <= 0;
  }

  /** The library throws whatever its parsing runs into: every exception means the same. */
  private boolean isSigned(String body, String header, String secret) {
    try {
      return Webhook.Signature.verifyHeader(body, header, secret, tolerance.toSeconds(), clock);
    } catch (SignatureVerificationException | RuntimeException e) {
      return false;
    }
  }
}
