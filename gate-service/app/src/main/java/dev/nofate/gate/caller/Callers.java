package dev.nofate.gate.caller;

import dev.nofate.gate.apikey.ApiKeys;
import dev.nofate.gate.apikey.LastUse;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.session.Sessions;
import dev.nofate.kit.identity.CallerCache;
import dev.nofate.kit.identity.CallerDirectory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Whose a credential is: an API key by its row, a session by its signature and organization. */
@ApplicationScoped
public class Callers implements CallerDirectory {

  private final ApiKeys keys;
  private final Sessions sessions;
  private final CallerCache cache;
  private final LastUse uses;

  Callers(ApiKeys keys, Sessions sessions, CallerCache cache, LastUse uses) {
    this.uses = uses;
    this.keys = keys;
    this.sessions = sessions;
    this.cache = cache;
  }

  @Override
  public Uni<Optional<Caller>> find(String credential) {
    return cache.get(credential, this::known).invoke(found -> found.ifPresent(uses::note));
  }

  /**
   * As of now. The other services are answered so, because they remember the answer themselves: two
   * memories one behind the other would double the time of a revocation.
   */
  Uni<Optional<Caller>> ask(String credential) {
    return known(credential).invoke(found -> found.ifPresent(uses::note));
  }

  private Uni<Optional<Caller>> known(String credential) {
    return ApiKeys.looksLikeOne(credential) ? keys.find(credential) : sessions.find(credential);
  }
}
