package dev.nofate.gate.console.status;

import dev.nofate.audit.contract.AuditorApi.AuditorSums;
import dev.nofate.gate.console.remote.AuditClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.db.TenantDb;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * How the parts that the gate stands on answer at this moment. Observed at most every few seconds,
 * however many people look.
 */
@ApplicationScoped
class Health {

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration KEPT = Duration.ofSeconds(5);

  /** Where to ask whether a part is there; any key of Redis does. */
  private static final String SOME_KEY = "console:status:" + TenantId.OPERATOR;

  private final TenantDb db;
  private final ReactiveRedisDataSource redis;
  private final AuditHealth audit;
  private final BillingHealth billing;
  private final AuditorClient auditor;
  private final InstantSource clock;
  private final Uni<StatusView> observed;

  Health(
      TenantDb db,
      ReactiveRedisDataSource redis,
      @RestClient AuditHealth audit,
      @RestClient BillingHealth billing,
      @RestClient AuditorClient auditor,
      InstantSource clock) {
    this.auditor = auditor;
    this.db = db;
    this.redis = redis;
    this.audit = audit;
    this.billing = billing;
    this.clock = clock;
    this.observed = Uni.createFrom().deferred(this::observe).memoize().atLeast(KEPT);
  }

  Uni<StatusView> now() {
    return observed;
  }

  private Uni<StatusView> observe() {
    Instant at = clock.instant();
    Uni<List<Part>> parts =
        Uni.combine()
            .all()
            .unis(
                part("gate-service", "decides evaluations", Uni.createFrom().voidItem()),
                part("audit-service", "holds the log", audit.ready()),
                part("billing-service", "holds accounts and the ledger", billing.ready()),
                part(
                    "database",
                    "stores evaluations",
                    db.execute(TenantId.OPERATOR, "SELECT 1", Tuple.tuple())),
                part("Redis", "counts rate limits", redis.key().exists(SOME_KEY)))
            .with(answers -> answers.stream().map(Part.class::cast).toList());
    Uni<Told<AuditorSums>> sums =
        Told.by(AuditClient.NAME, auditor.sums().ifNoItem().after(PATIENCE).fail());
    return Uni.combine()
        .all()
        .unis(parts, sums)
        .asTuple()
        .map(
            both ->
                new StatusView(
                    at, both.getItem1(), both.getItem2().value(), both.getItem2().observed()));
  }

  private static Uni<Part> part(String name, String does, Uni<?> answer) {
    return answer
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(item -> new Part(name, does, true))
        .onFailure()
        .recoverWithItem(new Part(name, does, false));
  }

  /**
   * A part of the suite.
   *
   * @param name its name
   * @param does what it is for
   * @param up whether it answered that it is ready
   */
  public record Part(String name, String does, boolean up) {}

  /**
   * All parts at a moment.
   *
   * @param auditor what the auditor found over all chains; null when not told
   * @param observed what was observed instead
   */
  public record StatusView(Instant at, List<Part> parts, AuditorSums auditor, String observed) {
    public boolean allUp() {
      return parts.stream().allMatch(Part::up);
    }
  }
}
