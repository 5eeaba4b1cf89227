package dev.nofate.gate.console.entry;

import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.signin.SessionMechanism;
import dev.nofate.gate.signin.SignIns;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.resteasy.reactive.RestResponse;

/** What a browser is given with a session that was just opened, and what takes it away. */
@ApplicationScoped
class Entry {

  private static final String HOME = "/console";

  private final InstantSource clock;

  Entry(InstantSource clock) {
    this.clock = clock;
  }

  RestResponse.ResponseBuilder<String> welcome(SignIns.Fresh session, boolean overTls) {
    long seconds = Duration.between(clock.instant(), session.expiresAt()).toSeconds();
    return Back.to(HOME).cookie(cookie(session.text(), (int) seconds, overTls));
  }

  static NewCookie cookie(String value, int seconds, boolean overTls) {
    return new NewCookie.Builder(SessionMechanism.COOKIE)
        .value(value)
        .path(HOME)
        .httpOnly(true)
        .secure(overTls)
        .sameSite(NewCookie.SameSite.LAX)
        .maxAge(seconds)
        .build();
  }
}
