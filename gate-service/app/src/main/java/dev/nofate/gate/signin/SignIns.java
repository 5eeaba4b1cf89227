package dev.nofate.gate.signin;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.secret.Secrets;
import dev.nofate.gate.session.Sessions;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sessions at the console, and the links that open them: good once, and only in a stack on one's
 * own machine. Elsewhere {@link ClerkSignIns} opens them.
 */
@ApplicationScoped
public class SignIns {

  private static final String LINK = "console-link";
  private static final String SESSION = "console-session";
  private static final String FORMS = "console-form";

  private final SessionStore store;
  private final Secrets secrets;
  private final SessionEvents events;
  private final Rechecks rechecks;
  private final Sessions persons;
  private final SignInConfig config;
  private final InstantSource clock;
  private final boolean links;
  private final SecureRandom random = new SecureRandom();

  SignIns(
      SessionStore store,
      Secrets secrets,
      SessionEvents events,
      Rechecks rechecks,
      Sessions persons,
      SignInConfig config,
      InstantSource clock,
      @ConfigProperty(name = "nofate.environment") String environment) {
    this.store = store;
    this.secrets = secrets;
    this.events = events;
    this.rechecks = rechecks;
    this.persons = persons;
    this.config = config;
    this.clock = clock;
    this.links = environment.equals("development");
  }

  /**
   * A link's token, or a session's credential, at the only moment it is known.
   *
   * @param text the token
   * @param expiresAt when it stops being good
   */
  public record Fresh(String text, Instant expiresAt) {
    @Override
    public String toString() {
      return "Fresh[" + expiresAt + "]";
    }
  }

  /** Whether this environment has links at all. */
  public boolean byLink() {
    return links;
  }

  /** Makes a link for a tenant; 404 where there are no links, or no such tenant. */
  public Uni<Fresh> link(TenantId tenant, Role role, UUID actor) {
    if (!links) {
      throw ProblemException.notFound();
    }
    SessionToken token = SessionToken.fresh(random);
    Instant now = clock.instant();
    Instant expiry = now.plus(config.linkTtl());
    return store
        .insertLink(token.hmac(secrets, LINK), tenant, role, now, expiry)
        .invoke(
            made -> {
              if (!made) {
                throw ProblemException.notFound();
              }
            })
        .chain(() -> events.record(tenant, "console_link_made", actor, role))
        .replaceWith(new Fresh(token.text(), expiry));
  }

  /** Opens a session with a link; empty when the link is not good (any more). */
  public Uni<Optional<Fresh>> open(String link) {
    if (!links) {
      return Uni.createFrom().item(Optional.empty());
    }
    return SessionToken.parse(link)
        .map(
            token ->
                store
                    .useLink(token.hmacs(secrets, LINK), clock.instant())
                    .chain(
                        found ->
                            found.isEmpty()
                                ? Uni.createFrom().item(Optional.<Fresh>empty())
                                : open(found.get().tenant(), found.get().role()).map(Optional::of)))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  Uni<Fresh> open(TenantId tenant, Holder holder) {
    SessionToken token = SessionToken.fresh(random);
    Instant now = clock.instant();
    Session session =
        new Session(
            UuidCreator.getTimeOrderedEpoch(), tenant, "", holder, now.plus(config.sessionTtl()));
    return record(session, "console_session_opened")
        .chain(() -> store.insertSession(session, token.hmac(secrets, SESSION), now))
        .replaceWith(new Fresh(token.text(), session.expiresAt()));
  }

  /** Who a credential's session belongs to; empty when it is unknown, ended or too old. */
  public Uni<Optional<Caller>> caller(String credential) {
    return find(credential).map(found -> found.map(this::caller));
  }

  Caller caller(Session session) {
    return new Caller(
        session.tenant(),
        actor(session),
        session.holder() instanceof Role role
            ? role.scopes()
            : persons.scopes(session.holder().roleName()),
        session.tenant().equals(TenantId.OPERATOR),
        session.expiresAt(),
        secrets.live(FORMS, session.id().toString()).stream()
            .map(HexFormat.of()::formatHex)
            .toList());
  }

  /** A person is named the same in every session; a link's session is all that is known of one. */
  private UUID actor(Session session) {
    return session.holder() instanceof Membership member
        ? persons.person(member.user())
        : session.id();
  }

  /** What the operator calls a tenant; empty when there is none. */
  Uni<Optional<String>> tenantName(TenantId tenant) {
    return store.tenantName(tenant);
  }

  /** The session of a credential; empty when it is unknown, ended or too old. */
  public Uni<Optional<Session>> find(String credential) {
    return SessionToken.parse(credential)
        .map(token -> store.find(token.hmacs(secrets, SESSION), clock.instant()))
        .map(
            stored ->
                stored.chain(
                    found ->
                        found
                            .map(rechecks::of)
                            .orElseGet(() -> Uni.createFrom().item(Optional.empty()))))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  /** Whether a text has the form of a session's credential, good or not. */
  public static boolean isCredential(String text) {
    return text.startsWith(SessionToken.PREFIX);
  }

  /** Ends a session at once. */
  public Uni<Void> end(Session session) {
    return store
        .end(session.tenant(), session.id(), clock.instant())
        .chain(() -> record(session, "console_session_ended"));
  }

  private Uni<Void> record(Session session, String action) {
    return events.record(session.tenant(), action, actor(session), session.holder());
  }
}
