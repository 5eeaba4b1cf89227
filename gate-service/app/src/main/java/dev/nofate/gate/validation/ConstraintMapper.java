package dev.nofate.gate.validation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Bodies whose members break a declared constraint, as a problem document. */
public class ConstraintMapper {

  /**
   * A member that broke its constraint.
   *
   * @param member its name in JSON; empty when the body itself is absent
   * @param constraint the constraint's name, such as {@code NotBlank}
   */
  @io.quarkus.runtime.annotations.RegisterForReflection
  record Violation(String member, String constraint) {
    static Violation of(ConstraintViolation<?> violation) {
      String member = "";
      for (Path.Node node : violation.getPropertyPath()) {
        member = node.getKind() == ElementKind.PROPERTY ? node.getName() : member;
      }
      return new Violation(
          SnakeCaseStrategy.INSTANCE.translate(member),
          violation.getConstraintDescriptor().getAnnotation().annotationType().getSimpleName());
    }

    /** As it stands on a page. */
    @Override
    public String toString() {
      return member
          + switch (constraint) {
            case "NotNull" -> " is absent";
            case "NotBlank" -> " is absent or blank";
            case "NotEmpty" -> " is absent or empty";
            case "Positive" -> " is not a positive number";
            case "Min", "Max" -> " is out of range";
            case "Size" -> " is too long";
            case "Pattern" -> " is not of the documented form";
            default -> " broke the constraint " + constraint;
          };
    }
  }

  @ServerExceptionMapper(ConstraintViolationException.class)
  public Response constraint(ConstraintViolationException e) {
    List<Violation> violations =
        e.getConstraintViolations().stream().map(Violation::of).sorted(BY_MEMBER).toList();
    Problem problem =
        violations.stream().anyMatch(violation -> violation.member().isEmpty())
            ? Problem.of(ErrorCode.BAD_REQUEST, "The body was absent")
            : Problem.of(ErrorCode.BAD_REQUEST, "The body broke declared constraints")
                .withErrors(violations);
    return Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE).build();
  }

  private static final java.util.Comparator<Violation> BY_MEMBER =
      java.util.Comparator.comparing(Violation::member).thenComparing(Violation::constraint);
}
