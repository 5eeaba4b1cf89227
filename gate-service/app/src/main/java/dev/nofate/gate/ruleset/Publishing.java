package dev.nofate.gate.ruleset;

import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.id.DerivedId;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Map;

/** Publishes rulesets: compiled, checked against their own examples, stored, recorded, served. */
@ApplicationScoped
class Publishing {

  private static final String UNIQUE_VIOLATION = "23505";

  /** What became of a document: its version, and whether this publication made it. */
  record Published(RulesetRow row, boolean fresh) {}

  private final RulesetStore store;
  private final AuditLog audit;
  private final Drafts drafts;
  private final RulesetConfig config;
  private final InstantSource clock;

  Publishing(
      RulesetStore store,
      AuditLog audit,
      Drafts drafts,
      RulesetConfig config,
      InstantSource clock) {
    this.store = store;
    this.audit = audit;
    this.drafts = drafts;
    this.config = config;
    this.clock = clock;
  }

  Uni<Published> publish(Caller caller, byte[] document) {
    return drafts
        .compileToPublish(caller.tenant(), document)
        .chain(ruleset -> publish(caller, ruleset));
  }

  private Uni<Published> publish(Caller caller, CompiledRuleset ruleset) {
    TenantId tenant = caller.tenant();
    return store
        .byDigest(tenant, ruleset.name(), ruleset.digest())
        .chain(
            known ->
                known.filter(RulesetRow::recorded).isPresent()
                    ? Uni.createFrom().item(new Published(known.get(), false))
                    : insert(tenant, ruleset)
                        .chain(row -> record(caller, row))
                        .map(row -> new Published(row, true)));
  }

  private Uni<RulesetRow> insert(TenantId tenant, CompiledRuleset ruleset) {
    return Uni.createFrom()
        .deferred(() -> store.insert(tenant, ruleset, clock.instant()))
        .onFailure(Publishing::tookTheNumber)
        .retry()
        .atMost(config.publishAttempts())
        .chain(() -> store.byDigest(tenant, ruleset.name(), ruleset.digest()))
        .map(row -> row.orElseThrow());
  }

  private Uni<RulesetRow> record(Caller caller, RulesetRow row) {
    TenantId tenant = caller.tenant();
    return audit
        .append(
            tenant,
            DerivedId.of("ruleset-published", tenant, row.name(), row.version(), row.digest()),
            EventType.RULESET_PUBLISHED,
            null,
            Map.of(
                "actor", caller.actor().toString(),
                "name", row.name(),
                "version", row.version(),
                "digest", row.digest()))
        .chain(receipt -> store.markRecorded(tenant, row.name(), row.version(), receipt.lastSeq()))
        .replaceWith(row);
  }

  private static boolean tookTheNumber(Throwable failure) {
    return failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState());
  }
}
