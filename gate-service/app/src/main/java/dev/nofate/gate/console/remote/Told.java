package dev.nofate.gate.console.remote;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What another service told, or what was observed instead: a page shows the rest of itself when one
 * of its sources is away.
 *
 * @param value what was told; null when nothing was
 * @param observed what was observed instead; null when something was told
 */
public record Told<T>(T value, String observed) {

  private static final Logger LOG = Logger.getLogger(Told.class);
  private static final int NOT_FOUND = 404;

  public Optional<T> get() {
    return Optional.ofNullable(value);
  }

  /** Waits for an answer, whatever becomes of it. */
  public static <T> Uni<Told<T>> by(String service, Uni<T> answer) {
    return answer
        .map(value -> new Told<>(value, null))
        .onFailure()
        .recoverWithItem(failure -> new Told<>(null, observed(service, failure)));
  }

  /** Lets a failed answer end the request as the same problem that the other service stated. */
  public static <T> Uni<T> orProblem(Uni<T> answer) {
    return answer.onFailure().transform(Told::problem);
  }

  private static String observed(String service, Throwable failure) {
    if (failure instanceof WebApplicationException answered) {
      int status = answered.getResponse().getStatus();
      return status == NOT_FOUND
          ? "There is none."
          : "%s answered with status %d.".formatted(service, status);
    }
    LOG.debugf("%s did not answer: %s", service, failure.getMessage());
    return service + " did not answer.";
  }

  private static Throwable problem(Throwable failure) {
    if (!(failure instanceof WebApplicationException answered)) {
      LOG.warnf("another service did not answer: %s", failure.getMessage());
      return new ProblemException(ErrorCode.UNAVAILABLE, "Another service did not answer");
    }
    try {
      return new ProblemException(answered.getResponse().readEntity(Problem.class));
    } catch (RuntimeException e) {
      LOG.warnf("another service answered with %d", answered.getResponse().getStatus());
      return new ProblemException(
          ErrorCode.BAD_GATEWAY,
          "Another service answered with status " + answered.getResponse().getStatus());
    }
  }
}
