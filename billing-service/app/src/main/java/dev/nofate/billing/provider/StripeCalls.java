package dev.nofate.billing.provider;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.net.RequestOptions;
import dev.nofate.billing.provider.StripeConnections.NotOpenedException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Calls through Stripe's library: on worker threads, a bounded number at a time, repeated a bounded
 * number of times with growing, jittered waits. The library repeats nothing itself.
 */
final class StripeCalls {

  private static final Logger LOG = Logger.getLogger(StripeCalls.class);
  private static final String REPLAYED = "Idempotent-Replayed";
  private static final double JITTER = 0.5;
  private static final int TOO_MANY = 429;
  private static final int CONFLICT = 409;
  private static final int SERVER_FAILED = 500;
  private static final int DONE = 200;
  private static final int FAULTY_REQUEST = 400;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final StripeClient client;
  private final StripeConfig config;
  private final Semaphore free;

  StripeCalls(StripeConfig config) {
    this(config, new Semaphore(config.concurrency()));
  }

  StripeCalls(StripeConfig config, Semaphore free) {
    this.config = config;
    this.free = free;
    this.client =
        StripeClient.builder()
            .setApiKey(config.secretKey().orElseThrow().strip())
            .setApiBase(config.apiBase())
            .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
            .setReadTimeout(Math.toIntExact(config.readTimeout().toMillis()))
            .setMaxNetworkRetries(0)
            .setHttpClient(new StripeConnections())
            .build();
  }

  /** A call that may throw what the library throws. */
  interface Call<T> {
    T make(StripeClient client) throws StripeException;
  }

  /** Options of a request that Stripe carries out once, however often it arrives. */
  static RequestOptions once(String key) {
    return RequestOptions.builder().setIdempotencyKey(key).build();
  }

  /**
   * The answer; fails with {@link OutcomeUnknownException} when any attempt may have had its
   * effect, with {@link StoredFailureException} when no further attempt under the same key will be
   * answered otherwise, and without any doubt with {@link RefusedException} when Stripe refused and
   * {@link NotReachedException} when it was not asked.
   */
  <T> Uni<T> make(Call<T> call) {
    AtomicBoolean doubtful = new AtomicBoolean();
    Uni<T> attempts =
        Uni.createFrom()
            .item(() -> attempt(call, doubtful))
            .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    Uni<T> repeated =
        config.retries() == 0
            ? attempts
            : attempts
                .onFailure(StripeCalls::isWorthRepeating)
                .retry()
                .withBackOff(config.retryBackOff(), LONGEST_WAIT)
                .withJitter(JITTER)
                .atMost(config.retries());
    return repeated.onFailure().transform(failure -> told(failure, doubtful.get()));
  }

  private <T> T attempt(Call<T> call, AtomicBoolean doubtful) {
    boolean mine = false;
    try {
      mine = free.tryAcquire(config.readTimeout().toMillis(), TimeUnit.MILLISECONDS);
      if (!mine) {
        throw new NotReachedException("too many calls to the provider at once");
      }
      return call.make(client);
    } catch (StripeException e) {
      if (isDoubtful(e)) {
        doubtful.set(true);
      }
      throw new Failed(e);
    } catch (NotReachedException e) {
      throw e;
    } catch (RuntimeException e) {
      // Stripe answered, and the library could not read it.
      doubtful.set(true);
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotReachedException("interrupted");
    } finally {
      if (mine) {
        free.release();
      }
    }
  }

  /** What all attempts together came to: one in doubt is not settled by the refusal of another. */
  private static Throwable told(Throwable failure, boolean doubtful) {
    Throwable last =
        failure instanceof Failed || failure.getCause() == null ? failure : failure.getCause();
    if (last instanceof Failed failed && isDuplicate(failed.stripe())) {
      return new DuplicateIdentifierException();
    }
    String observed = observed(last);
    LOG.warnf("Stripe: %s", observed);
    if (last instanceof Failed failed && isStored(failed.stripe())) {
      return new StoredFailureException(observed);
    }
    if (doubtful) {
      return new OutcomeUnknownException(observed);
    }
    if (last instanceof Failed failed) {
      return failed.stripe() instanceof NotOpenedException
          ? new NotReachedException(observed)
          : new RefusedException(observed);
    }
    return last;
  }

  private static boolean isWorthRepeating(Throwable failure) {
    return failure instanceof Failed failed
        && !isStored(failed.stripe())
        && (isDoubtful(failed.stripe())
            || failed.stripe() instanceof NotOpenedException
            || status(failed.stripe()) == TOO_MANY);
  }

  /**
   * Whether Stripe may have done it: no answer, a failure of its own, a call under way, or an
   * answer of success that cannot be read.
   */
  private static boolean isDoubtful(StripeException e) {
    int status = status(e);
    return e instanceof ApiConnectionException && !(e instanceof NotOpenedException)
        || status >= SERVER_FAILED
        || status == CONFLICT
        || status >= DONE && status < FAULTY_REQUEST;
  }

  /**
   * Whether a failure of Stripe's is one that it gave before under the same key ("Advanced error
   * handling", docs.stripe.com/error-low-level). The request that it was first given to has ended.
   */
  private static boolean isStored(StripeException e) {
    return status(e) >= SERVER_FAILED
        && e.getStripeError() != null
        && e.getStripeError().getLastResponse() != null
        && e.getStripeError()
            .getLastResponse()
            .headers()
            .firstValue(REPLAYED)
            .filter("true"::equalsIgnoreCase)
            .isPresent();
  }

  /** Stripe's word for an identifier that it has: the usage was received. */
  private static boolean isDuplicate(StripeException e) {
    return status(e) == 400
        && e.getMessage() != null
        && e.getMessage().contains("An event already exists with identifier");
  }

  private static int status(StripeException e) {
    return e.getStatusCode() == null ? 0 : e.getStatusCode();
  }

  private static String observed(Throwable last) {
    if (!(last instanceof Failed failed)) {
      return last instanceof NotReachedException
          ? last.getMessage()
          : "an answer that is not readable";
    }
    StripeException e = failed.stripe();
    if (e instanceof NotOpenedException) {
      return "no connection";
    }
    return e instanceof ApiConnectionException
        ? "no answer"
        : "answered " + status(e) + (e.getCode() == null ? "" : " " + e.getCode());
  }

  /** Carries a checked exception out of a supplier. */
  private static final class Failed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Failed(StripeException cause) {
      super(cause);
    }

    StripeException stripe() {
      return (StripeException) getCause();
    }
  }

  /** The identifier of a meter event is known: it was received before. */
  static final class DuplicateIdentifierException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DuplicateIdentifierException() {
      super("the identifier is known");
    }
  }
}
