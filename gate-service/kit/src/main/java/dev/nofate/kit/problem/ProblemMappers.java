package dev.nofate.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Everything that ends a request early, as a problem document (RFC 9457). */
public class ProblemMappers {

  private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

  @ServerExceptionMapper
  public Response problem(ProblemException e) {
    Response.ResponseBuilder answer = answer(e.problem());
    e.headers().forEach(answer::header);
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

  @ServerExceptionMapper
  public Response anything(Throwable e) {
    LOG.error("a request failed", e);
    return answer(Problem.of(ErrorCode.INTERNAL_ERROR, null)).build();
  }

  private static Response unauthorized() {
    return answer(Problem.of(ErrorCode.UNAUTHORIZED, null))
        .header("WWW-Authenticate", "Bearer realm=\"no-fate\"")
        .build();
  }

  private static Response.ResponseBuilder answer(Problem problem) {
    return Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE);
  }

  private static String observed(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return mapping.getPath().stream()
          .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
          .collect(Collectors.joining("/", "The body's member /", " was not understood"));
    }
    return "The body was not understood as JSON of the documented form";
  }
}
