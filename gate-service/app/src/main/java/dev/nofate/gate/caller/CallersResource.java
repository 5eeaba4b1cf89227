package dev.nofate.gate.caller;

import dev.nofate.gate.contract.CallersApi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tells the other services whose a credential is. */
@RolesAllowed({"service:audit-service", "service:billing-service"})
public class CallersResource implements CallersApi {

  private final Callers callers;

  CallersResource(Callers callers) {
    this.callers = callers;
  }

  @Override
  @Operation(hidden = true)
  public Uni<CallerAnswer> resolve(CallerQuestion question) {
    String text = question == null || question.credential() == null ? "" : question.credential();
    return callers.ask(text).map(found -> new CallerAnswer(found.orElse(null)));
  }
}
