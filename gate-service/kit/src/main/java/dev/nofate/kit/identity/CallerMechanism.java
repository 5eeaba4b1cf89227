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
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;

/**
 * Who is calling: a service by its token on {@code /internal}, a tenant's program by its API key
 * everywhere else. The roles of the identity are {@code service:<name>} or the key's scopes.
 */
@ApplicationScoped
public class CallerMechanism implements HttpAuthenticationMechanism {

  private static final String BEARER = "bearer ";
  private static final String KEY_PREFIX = "nf_";

  private final CallerDirectory callers;
  private final ServiceTokenVerifier services;

  public CallerMechanism(CallerDirectory callers, ServiceTokenVerifier services) {
    this.callers = callers;
    this.services = services;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager ignored) {
    Optional<String> bearer = bearer(context);
    if (context.normalizedPath().startsWith("/internal/")) {
      return bearer.map(this::service).orElseGet(() -> Uni.createFrom().nullItem());
    }
    return Optional.ofNullable(context.request().getHeader("x-api-key"))
        .or(() -> bearer)
        .map(this::caller)
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

  private Uni<SecurityIdentity> caller(String key) {
    if (!key.startsWith(KEY_PREFIX)) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    return callers
        .find(key)
        .map(found -> found.orElseThrow(AuthenticationFailedException::new))
        .map(CallerMechanism::identity);
  }

  private static SecurityIdentity identity(Caller caller) {
    QuarkusSecurityIdentity.Builder identity = identity("key:" + caller.keyId());
    caller.scopes().forEach(scope -> identity.addRole(scope.wireName()));
    if (caller.operator() && caller.scopes().contains(Scope.ADMIN)) {
      identity.addRole(Scope.Names.OPERATOR);
    }
    return identity.addAttribute(CurrentCaller.ATTRIBUTE, caller).build();
  }

  private static QuarkusSecurityIdentity.Builder identity(String name) {
    return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name));
  }

  private static Optional<String> bearer(RoutingContext context) {
    return Optional.ofNullable(context.request().getHeader("authorization"))
        .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()).trim());
  }
}
