package dev.nofate.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything that ends a request early, as a problem document (RFC 9457). */
public class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  private static final int UNAVAILABLE = 503;
  private static final String RETRY_AFTER = "Retry-After";

  /** How the reader of JSON begins its word on a member that has to be there and is not. */
  private static final String ABSENT = "Missing required creator property";

  /** What wraps what, at most: a chain of causes may be a ring. */
  private static final int DEPTH = 16;

  private final Iterable<Outage> outages;

  @Inject
  public ProblemMappers(@Any Instance<Outage> outages) {
    this.outages = outages;
  }

  ProblemMappers(List<Outage> outages) {
    this.outages = outages;
  }

  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    Response.ResponseBuilder answer = answer(e.problem());
    // The problem's own word on a header takes the place of the general one.
    e.headers().forEach((name, value) -> answer.header(name, null).header(name, value));
    return answer.build();
  }

  @ServerExceptionMapper(UnauthorizedException.class)
  public Response unauthorized(UnauthorizedException e) {
    return unauthorized();
  }

  @ServerExceptionMapper(AuthenticationFailedException.class)
  public Response authenticationFailed(AuthenticationFailedException e) {
    return unauthorized();
  }

  @ServerExceptionMapper(ForbiddenException.class)
  public Response forbidden(ForbiddenException e) {
    return answer(Problem.of(ErrorCode.FORBIDDEN, null)).build();
  }

  /** Names the member that was not understood, never its value. */
  @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
  public Response unreadableJson(JsonProcessingException e) {
    return answer(Problem.of(ErrorCode.BAD_REQUEST, observed(e))).build();
  }

  @ServerExceptionMapper
  public Response framework(WebApplicationException e) {
    if (e.getCause() instanceof JsonProcessingException json) {
      return unreadableJson(json);
    }
    int status = e.getResponse().getStatus();
    if (status < 400) {
      return e.getResponse();
    }
    if (status >= 500) {
      LOG.errorf(e, "a request failed with %d", status);
    }
    return answer(Problem.of(Statuses.code(status), null)).build();
  }

  /** A part that is away is no error of this service: 503, as for a neighbour that is away. */
  @ServerExceptionMapper
  public Response anything(Throwable e) {
    Optional<Throwable> away = causes(e).filter(this::isOutage).findFirst();
    if (away.isPresent()) {
      LOG.warnf("a request was not served: %s", away.get().toString());
      return answer(Problem.of(ErrorCode.UNAVAILABLE, null)).build();
    }
    LOG.error("a request failed", e);
    return answer(Problem.of(ErrorCode.INTERNAL_ERROR, null)).build();
  }

  private static Response unauthorized() {
    return answer(Problem.of(ErrorCode.UNAUTHORIZED, null))
        .header("WWW-Authenticate", "Bearer realm=\"no-fate\"")
        .build();
  }

  private static Response.ResponseBuilder answer(Problem problem) {
    Response.ResponseBuilder answer =
        Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE);
    return problem.status() == UNAVAILABLE ? answer.header(RETRY_AFTER, "1") : answer;
  }

  private boolean isOutage(Throwable failure) {
    for (Outage outage : outages) {
      if (outage.is(failure)) {
        return true;
      }
    }
    return false;
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(DEPTH);
  }

  private static String observed(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return mapping.getPath().stream()
          .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
          .collect(
              Collectors.joining(
                  "/",
                  "The body's member /",
                  mapping.getOriginalMessage().startsWith(ABSENT)
                      ? " is absent"
                      : " was not understood"));
    }
    return "The body was not understood as JSON of the documented form";
  }
}
