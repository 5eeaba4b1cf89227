package dev.nofate.gate.signin;

import dev.nofate.gate.contract.Caller;
import dev.nofate.kit.identity.CallerDirectory;
import dev.nofate.kit.identity.CallerMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Who is looking, by the session's cookie: below {@code /console} alone, so that no address of the
 * API ever acts on a credential that browsers send by themselves.
 */
@ApplicationScoped
public class SessionMechanism implements HttpAuthenticationMechanism {

  /** The session's cookie. */
  public static final String COOKIE = "nofate_console";

  /** The role of everybody who may look at the console. */
  public static final String VISITOR = "console";

  private static final String CLERK_COOKIE = "__session";

  private final SignIns signIns;
  private final CallerDirectory callers;

  SessionMechanism(SignIns signIns, CallerDirectory callers) {
    this.signIns = signIns;
    this.callers = callers;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager ignored) {
    String path = context.normalizedPath();
    if (!path.equals("/console") && !path.startsWith("/console/")) {
      return Uni.createFrom().nullItem();
    }
    return cookie(context, COOKIE)
        .map(this::byLink)
        .or(() -> cookie(context, CLERK_COOKIE).map(this::byClerk))
        .orElseGet(() -> Uni.createFrom().nullItem());
  }

  private Uni<SecurityIdentity> byLink(String credential) {
    return signIns
        .find(credential)
        .map(
            found ->
                found
                    .map(
                        session ->
                            identity(
                                new Visit(
                                    signIns.caller(session),
                                    session.tenantName(),
                                    credential,
                                    Optional.of(session))))
                    .orElse(null));
  }

  /** A person of the identity provider; changes are guarded by the token of the form. */
  private Uni<SecurityIdentity> byClerk(String token) {
    return callers
        .find(token)
        .chain(
            found ->
                found.filter(Caller::session).isEmpty()
                    ? Uni.createFrom().nullItem()
                    : signIns
                        .tenantName(found.get().tenant())
                        .map(
                            name ->
                                identity(
                                    new Visit(
                                        found.get(), name.orElse(""), token, Optional.empty()))));
  }

  private static SecurityIdentity identity(Visit visit) {
    return CallerMechanism.identityOf(visit.caller())
        .addRole(VISITOR)
        .addAttribute(Visit.ATTRIBUTE, visit)
        .build();
  }

  private static Optional<String> cookie(RoutingContext context, String name) {
    return Optional.ofNullable(context.request().getCookie(name)).map(Cookie::getValue);
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom().nullItem();
  }

  /** Before the API's mechanism, which takes a cookie with a header's token alone. */
  @Override
  public int getPriority() {
    return DEFAULT_PRIORITY + 2000;
  }
}
