package dev.nofate.kit.identity;

import dev.nofate.gate.contract.Caller;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Knows whose a credential is. gate-service answers from its tables, the others ask it. */
public interface CallerDirectory {

  /**
   * The caller, or empty when the key or session token is unknown, revoked or expired: nobody can
   * tell which.
   */
  Uni<Optional<Caller>> find(String credential);
}
