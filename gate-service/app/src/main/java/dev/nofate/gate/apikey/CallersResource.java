package dev.nofate.gate.apikey;

import dev.nofate.gate.contract.CallersApi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Tells the other services whose key an API key is. */
@RolesAllowed({"service:audit-service", "service:billing-service"})
public class CallersResource implements CallersApi {

  private final ApiKeys keys;

  CallersResource(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  @Operation(hidden = true)
  public Uni<CallerAnswer> resolve(CallerQuestion question) {
    String key = question == null || question.apiKey() == null ? "" : question.apiKey();
    return keys.find(key).map(found -> new CallerAnswer(found.orElse(null)));
  }
}
