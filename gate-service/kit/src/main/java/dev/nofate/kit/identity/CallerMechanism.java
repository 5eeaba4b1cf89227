package dev.nofate.kit.identity;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.servicetoken.ServiceTokenVerifier;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Who is calling: a service by its token on {@code /internal}; everywhere else a tenant's program
 * by its API key or a tenant's person by a session. The roles of the identity are {@code
 * service:<name>} or the caller's scopes.
 */
@ApplicationScoped
public class CallerMechanism implements HttpAuthenticationMechanism {

  private final CallerDirectory callers;
  private final ServiceTokenVerifier services;
  private final CrossSite crossSite;

  CallerMechanism(CallerDirectory callers, ServiceTokenVerifier services, CrossSite crossSite) {
    this.callers = callers;
    this.services = services;
    this.crossSite = crossSite;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager ignored) {
    HttpServerRequest request = context.request();
    if (context.normalizedPath().startsWith("/internal/")) {
      return Credential.bearer(request)
          .map(this::service)
          .orElseGet(() -> Uni.createFrom().nullItem());
    }
    return Credential.of(request)
        .map(credential -> caller(credential, request))
        .orElseGet(() -> Uni.createFrom().nullItem());
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom()
        .item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"no-fate\""));
  }

  @Override
  public int getPriority() {
    return DEFAULT_PRIORITY + 1000;
  }

  private Uni<SecurityIdentity> service(String token) {
    return services
        .verify(token)
        .map(name -> identity("service:" + name).addRole("service:" + name).build());
  }

  private Uni<SecurityIdentity> caller(Credential credential, HttpServerRequest request) {
    if (!credential.wellFormed()) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    return callers
        .find(credential.text())
        .map(found -> found.orElseThrow(AuthenticationFailedException::new))
        .invoke(
            caller -> {
              if (credential.byCookie()) {
                crossSite.check(request, caller);
              }
            })
        .map(caller -> identityOf(caller).build());
  }

  /** The identity of a caller, with the roles that its scopes stand for. */
  public static QuarkusSecurityIdentity.Builder identityOf(Caller caller) {
    QuarkusSecurityIdentity.Builder identity =
        identity((caller.session() ? "person:" : "key:") + caller.actor());
    caller.scopes().forEach(scope -> identity.addRole(scope.wireName()));
    if (caller.operator() && caller.scopes().contains(Scope.ADMIN)) {
      identity.addRole(Scope.Names.OPERATOR);
    }
    return identity.addAttribute(CurrentCaller.ATTRIBUTE, caller);
  }

  private static QuarkusSecurityIdentity.Builder identity(String name) {
    return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name));
  }
}
