package dev.nofate.gate.contract;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Where the other services ask gate-service who a caller is. Service tokens only. */
@Path("/internal/callers")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface CallersApi {

  /** Resolves an API key or a session token; one that is not good answers with no caller. */
  @POST
  Uni<CallerAnswer> resolve(CallerQuestion question);

  /**
   * The credential as presented, never logged.
   *
   * @param credential {@code nf_test_…}, {@code nf_live_…} or a session token
   */
  record CallerQuestion(String credential) {
    @Override
    public String toString() {
      return "CallerQuestion[credential=***]";
    }
  }

  /**
   * @param caller the caller, or null when the credential is not good
   */
  record CallerAnswer(Caller caller) {}
}
