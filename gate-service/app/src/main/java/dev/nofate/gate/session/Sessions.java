package dev.nofate.gate.session;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.id.DerivedId;
import dev.nofate.gate.secret.Secrets;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whose a session is: its organization is the tenant, its role there the scopes. */
@Startup
@ApplicationScoped
public class Sessions {

  private final TokenVerifier verifier;
  private final SessionStore store;
  private final Secrets secrets;
  private final ClerkConfig config;
  private final RoleScopes roles;

  Sessions(
      TokenVerifier verifier,
      SessionStore store,
      Secrets secrets,
      ClerkConfig config,
      @ConfigProperty(name = "nofate.environment") String environment) {
    this.verifier = verifier;
    this.store = store;
    this.secrets = secrets;
    this.config = config;
    this.roles = RoleScopes.parse(config.roleScopes().orElse(RoleScopes.DEFAULT));
    config.issuer().ifPresent(issuer -> refuseHalfConfigured(issuer, environment));
  }

  /** The caller, or empty when the token is not good or its organization is no tenant. */
  public Uni<Optional<Caller>> find(String token) {
    return verifier
        .verify(token)
        .chain(
            read ->
                read.filter(session -> session.organization() != null)
                    .map(this::caller)
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  /** The tenant that an organization is linked to; empty when it is none. */
  public Uni<Optional<TenantId>> tenantOf(String organization) {
    return store.tenantOf(organization);
  }

  /** What a role in an organization may do; nothing when it is not named. */
  public Set<Scope> scopes(String role) {
    return roles.of(role);
  }

  /** Under which id audit events name a person. */
  public UUID person(String subject) {
    return DerivedId.of("person", config.issuer().orElseThrow(), subject);
  }

  private Uni<Optional<Caller>> caller(SessionToken session) {
    return store
        .tenantOf(session.organization())
        .map(found -> found.map(tenant -> caller(tenant, session)));
  }

  private Caller caller(TenantId tenant, SessionToken session) {
    return new Caller(
        tenant,
        person(session.subject()),
        roles.of(session.role()),
        tenant.equals(TenantId.OPERATOR),
        session.expiresAt(),
        csrfTokens(session));
  }

  /** Bound to the session, so that one session's token is worthless with another's cookie. */
  private List<String> csrfTokens(SessionToken session) {
    return secrets.live("csrf", session.subject(), session.sessionId()).stream()
        .map(Base64.getUrlEncoder().withoutPadding()::encodeToString)
        .toList();
  }

  private void refuseHalfConfigured(String issuer, String environment) {
    if (config.authorizedParties().orElse(List.of()).isEmpty()) {
      throw new IllegalStateException(
          "CLERK_ISSUER is set, but CLERK_AUTHORIZED_PARTIES names no origin");
    }
    if (environment.equals("production") && !issuer.startsWith("https://")) {
      throw new IllegalStateException("CLERK_ISSUER is not an https address");
    }
  }
}
