package dev.nofate.billing.ledger;

import dev.nofate.billing.account.Accounts;
import dev.nofate.billing.contract.LedgerApi;
import dev.nofate.billing.contract.LedgerEntry;
import dev.nofate.billing.contract.LedgerEntryDraft;
import dev.nofate.billing.contract.LedgerPosition;
import dev.nofate.billing.contract.OpenUsage;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;

/** The usage ledger, for meter-worker. */
@RolesAllowed("service:meter-worker")
public class LedgerResource implements LedgerApi {

  private static final int UNREPORTED_SHOWN = 100;

  private final Accounts accounts;
  private final Transactions transactions;
  private final LedgerStore ledger;
  private final OpenUsageStore openUsage;
  private final Filing filing;
  private final EntryReporter reporter;
  private final DatabaseClock clock;

  public LedgerResource(
      Accounts accounts,
      Transactions transactions,
      LedgerStore ledger,
      OpenUsageStore openUsage,
      Filing filing,
      EntryReporter reporter,
      DatabaseClock clock) {
    this.accounts = accounts;
    this.transactions = transactions;
    this.ledger = ledger;
    this.openUsage = openUsage;
    this.filing = filing;
    this.reporter = reporter;
    this.clock = clock;
  }

  @Override
  public Uni<LedgerPosition> position(TenantId tenant) {
    return accounts
        .open(tenant)
        .flatMap(account -> transactions.run(tenant, connection -> position(connection, tenant)));
  }

  @Override
  public Uni<LedgerEntry> file(TenantId tenant, LedgerEntryDraft draft) {
    return filing.file(Draft.read(tenant, draft)).map(Entry::toContract);
  }

  @Override
  public Uni<LedgerEntry> report(TenantId tenant, long entry) {
    return reporter.report(tenant, entry).map(Entry::toContract);
  }

  @Override
  public Uni<Void> observeOpenUsage(TenantId tenant, OpenUsage usage) {
    if (usage == null
        || !Draft.areCounts(usage.units())
        || !Draft.counts(usage.afterSeq(), usage.throughSeq())
        || usage.afterSeq() > usage.throughSeq()) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The observation is not well-formed");
    }
    return accounts
        .require(tenant)
        .flatMap(
            account ->
                transactions.run(
                    tenant,
                    connection ->
                        clock
                            .now(connection)
                            .flatMap(now -> openUsage.observe(connection, tenant, usage, now))));
  }

  private Uni<LedgerPosition> position(SqlConnection connection, TenantId tenant) {
    return ledger
        .last(connection, tenant)
        .flatMap(
            last ->
                ledger
                    .unreported(connection, tenant, UNREPORTED_SHOWN)
                    .map(
                        unreported ->
                            new LedgerPosition(
                                tenant,
                                last.map(Entry::entryNo).orElse(0L),
                                last.map(Entry::lastSeq).orElse(0L),
                                last.map(Entry::periodEnd).map(Rfc3339::text).orElse(null),
                                unreported)));
  }
}
