package dev.nofate.gate.signin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.session.ClerkConfig;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Asks the identity provider what somebody is in an organization now. */
@ApplicationScoped
class Members {

  private static final Logger LOG = Logger.getLogger(Members.class);
  private static final int NOT_FOUND = 404;
  private static final int MOST = 500;
  private static final String ROLE_PREFIX = "org:";

  private final ClerkUsers users;
  private final ClerkConfig config;

  Members(@RestClient ClerkUsers users, ClerkConfig config) {
    this.users = users;
    this.config = config;
  }

  /**
   * The role, without {@code org:}; empty when there is no such user, the user is banned, or is no
   * member.
   *
   * @return fails with 503 when the identity provider did not say
   */
  Uni<Optional<String>> role(String user, String organization) {
    String key = "Bearer " + config.secretKey().orElseThrow();
    return users
        .user(key, user)
        .chain(
            found ->
                found.path("banned").asBoolean(false)
                    ? Uni.createFrom().item(Optional.<String>empty())
                    : users.memberships(key, user, MOST).map(list -> role(list, organization)))
        .onFailure(Members::isUnknown)
        .recoverWithItem(Optional.empty())
        .onFailure()
        .transform(Members::unanswered);
  }

  private static Optional<String> role(JsonNode memberships, String organization) {
    return StreamSupport.stream(memberships.path("data").spliterator(), false)
        .filter(one -> organization.equals(one.path("organization").path("id").asText()))
        .map(one -> one.path("role").asText(""))
        .map(role -> role.startsWith(ROLE_PREFIX) ? role.substring(ROLE_PREFIX.length()) : role)
        .filter(role -> !role.isEmpty())
        .findFirst();
  }

  private static boolean isUnknown(Throwable failure) {
    return failure instanceof WebApplicationException answer
        && answer.getResponse().getStatus() == NOT_FOUND;
  }

  /** Names the kind of failure alone: a message could repeat what was asked with. */
  private static ProblemException unanswered(Throwable failure) {
    LOG.warnf(
        "the identity provider did not say who is a member: %s",
        failure instanceof WebApplicationException answer
            ? answer.getResponse().getStatus()
            : failure.getClass());
    return new ProblemException(ErrorCode.UNAVAILABLE, "The identity provider did not answer")
        .with("Retry-After", "1");
  }
}
