package dev.nofate.gate.signin;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** What the log says of links and sessions. */
@ApplicationScoped
class SessionEvents {

  private final AuditLog audit;

  SessionEvents(AuditLog audit) {
    this.audit = audit;
  }

  Uni<Void> record(TenantId tenant, String action, UUID actor, Holder holder) {
    return audit
        .append(
            tenant,
            UuidCreator.getTimeOrderedEpoch(),
            EventType.ADMIN_ACTION,
            null,
            Map.of("action", action, "actor", actor.toString(), "role", holder.roleName()))
        .replaceWithVoid();
  }
}
