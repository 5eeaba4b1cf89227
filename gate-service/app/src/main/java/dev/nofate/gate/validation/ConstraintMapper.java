package dev.nofate.gate.validation;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Bodies whose members break a declared constraint, as a problem document. */
public class ConstraintMapper {

  /**
   * A member that broke its constraint.
   *
   * @param member its name
   * @param constraint the constraint's name, such as {@code NotBlank}
   */
  @io.quarkus.runtime.annotations.RegisterForReflection
  record Violation(String member, String constraint) {
    static Violation of(ConstraintViolation<?> violation) {
      String member = "";
      for (Path.Node node : violation.getPropertyPath()) {
        member = node.toString();
      }
      return new Violation(
          member,
          violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName());
    }
  }

  @ServerExceptionMapper(ConstraintViolationException.class)
  public Response constraint(ConstraintViolationException e) {
    List<Violation> violations =
        e.getConstraintViolations().stream().map(Violation::of).sorted(BY_MEMBER).toList();
    Problem problem =
        Problem.of(ErrorCode.BAD_REQUEST, "The body broke declared constraints")
            .withErrors(violations);
    return Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE).build();
  }

  private static final java.util.Comparator<Violation> BY_MEMBER =
      java.util.Comparator.comparing(Violation::member).thenComparing(Violation::constraint);
}
