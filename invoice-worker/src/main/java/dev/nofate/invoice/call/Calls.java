package dev.nofate.invoice.call;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.concurrent.CompletionException;

/**
 * Waits for answers of other services. A round is a sequence of steps that each need the one
 * before, on a thread of its own, so waiting is all there is to do.
 */
@ApplicationScoped
public class Calls {

  private final CallConfig config;

  public Calls(CallConfig config) {
    this.config = config;
  }

  /**
   * The answer.
   *
   * @throws WebApplicationException when it is a refusal
   * @throws io.smallrye.mutiny.TimeoutException when there is none in time
   * @throws ProcessingException when the connection was refused or cut
   */
  public <T> T await(Uni<T> call) {
    try {
      return call.await().atMost(config.timeout());
    } catch (CompletionException e) {
      // In this a checked failure of the connection arrives.
      throw new ProcessingException(e.getCause());
    }
  }

  /** A failure in a few words, without anything that a peer sent. */
  public static String describe(Throwable failure) {
    return failure instanceof WebApplicationException e
        ? "answered " + e.getResponse().getStatus()
        : failure.getClass().getSimpleName();
  }
}
