package dev.nofate.gate.ruleset;

import dev.nofate.gate.audit.AdminAction;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * Which published version decides requests that pin none: the newest, or an earlier one that was
 * chosen instead of it. The choice ends when another version is published.
 */
@ApplicationScoped
class Serving {

  private final RulesetStore store;
  private final AuditLog audit;

  Serving(RulesetStore store, AuditLog audit) {
    this.store = store;
    this.audit = audit;
  }

  /**
   * Chooses a version. What is served already is not recorded again.
   *
   * @return what is served then; 404 for a version that was not published
   */
  Uni<RulesetRow> serve(Caller caller, String name, int version) {
    TenantId tenant = caller.tenant();
    return Uni.combine()
        .all()
        .unis(
            store.find(tenant, new RulesetReference.Version(name, version)),
            served(tenant, name),
            store.newest(tenant, name))
        .asTuple()
        .chain(
            found -> {
              RulesetRow wanted = found.getItem1().orElseThrow(ProblemException::notFound);
              RulesetRow before = found.getItem2().orElseThrow(ProblemException::notFound);
              return wanted.equals(before)
                  ? Uni.createFrom().item(before)
                  : change(caller, before, wanted, found.getItem3());
            });
  }

  private Uni<RulesetRow> change(Caller caller, RulesetRow before, RulesetRow after, int newest) {
    TenantId tenant = caller.tenant();
    return audit
        .record(
            new AdminAction(tenant, caller.actor(), "ruleset_served", named(before), named(after)))
        .chain(() -> store.serve(tenant, after.name(), after.version(), newest))
        .chain(() -> served(tenant, after.name()))
        .map(Optional::orElseThrow);
  }

  private Uni<Optional<RulesetRow>> served(TenantId tenant, String name) {
    return store.find(tenant, new RulesetReference.Newest(name));
  }

  private static Map<String, Object> named(RulesetRow row) {
    return Map.of("name", row.name(), "version", row.version(), "digest", row.digest());
  }
}
