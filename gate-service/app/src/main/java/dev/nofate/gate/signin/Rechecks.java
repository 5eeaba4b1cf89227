package dev.nofate.gate.signin;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.session.ClerkConfig;
import dev.nofate.gate.session.Sessions;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Looks a session's membership up again when it was last seen a while ago: a new role counts from
 * then on, and a session whose person is no member any more ends. One request of a session asks;
 * those beside it go on with what is known.
 */
@ApplicationScoped
class Rechecks {

  private final SessionStore store;
  private final SessionEvents events;
  private final Members members;
  private final Sessions persons;
  private final ClerkConfig config;
  private final InstantSource clock;

  Rechecks(
      SessionStore store,
      SessionEvents events,
      Members members,
      Sessions persons,
      ClerkConfig config,
      InstantSource clock) {
    this.store = store;
    this.events = events;
    this.members = members;
    this.persons = persons;
    this.config = config;
    this.clock = clock;
  }

  /** The session as it is now; empty when it has ended by this. */
  Uni<Optional<Session>> of(Session session) {
    Instant now = clock.instant();
    if (!(session.holder() instanceof Membership known)
        || isYounger(known, config.membershipFreshFor(), now)) {
      return Uni.createFrom().item(Optional.of(session));
    }
    return store
        .claimRecheck(session, now, now.minus(config.membershipPause()))
        .chain(
            ours ->
                ours
                    ? ask(session, known, now)
                    : Uni.createFrom().item(() -> Optional.of(unlessTooOld(session, known, now))));
  }

  private Uni<Optional<Session>> ask(Session session, Membership known, Instant now) {
    return members
        .role(known.user(), known.organization())
        .onItemOrFailure()
        .transformToUni(
            (role, failure) -> {
              if (failure != null) {
                return Uni.createFrom().item(() -> Optional.of(unlessTooOld(session, known, now)));
              }
              return role.filter(name -> !persons.scopes(name).isEmpty())
                  .map(name -> keep(session, known.seen(name, now)))
                  .orElseGet(() -> end(session, known, now));
            });
  }

  private Uni<Optional<Session>> keep(Session session, Membership seen) {
    return store.noteMembership(session, seen).replaceWith(Optional.of(session.with(seen)));
  }

  private Uni<Optional<Session>> end(Session session, Membership known, Instant now) {
    return store
        .end(session.tenant(), session.id(), now)
        .chain(
            () ->
                events.record(
                    session.tenant(), "console_session_ended", persons.person(known.user()), known))
        .replaceWith(Optional.empty());
  }

  private Session unlessTooOld(Session session, Membership known, Instant now) {
    if (!isYounger(known, config.membershipGoodFor(), now)) {
      throw new ProblemException(ErrorCode.UNAVAILABLE, "The identity provider did not answer")
          .with("Retry-After", "1");
    }
    return session;
  }

  private static boolean isYounger(Membership known, Duration age, Instant now) {
    return known.seenAt().isAfter(now.minus(age));
  }
}
