package dev.nofate.gate.caller;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.CallersApi;
import dev.nofate.gate.signin.SignIns;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tells the other services whose a credential is. */
@RolesAllowed({"service:audit-service", "service:billing-service"})
public class CallersResource implements CallersApi {

  private final Callers callers;
  private final SignIns signIns;

  CallersResource(Callers callers, SignIns signIns) {
    this.callers = callers;
    this.signIns = signIns;
  }

  @Override
  @Operation(hidden = true)
  public Uni<CallerAnswer> resolve(CallerQuestion question) {
    String text = question == null || question.credential() == null ? "" : question.credential();
    return find(text).map(found -> new CallerAnswer(found.orElse(null)));
  }

  /** The console shows the other services its visitor's own credential. */
  private Uni<Optional<Caller>> find(String credential) {
    return SignIns.isCredential(credential) ? signIns.caller(credential) : callers.ask(credential);
  }
}
