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

  /** Resolves an API key; an unknown, revoked or expired key answers with no caller. */
  @POST
  Uni<CallerAnswer> resolve(CallerQuestion question);

  /**
   * The key as presented, never logged.
   *
   * @param apiKey {@code nf_test_…} or {@code nf_live_…}
   */
  record CallerQuestion(String apiKey) {
    @Override
    public String toString() {
      return "CallerQuestion[apiKey=***]";
    }
  }

  /**
   * @param caller the caller, or null when the key is not good
   */
  record CallerAnswer(Caller caller) {}
}
