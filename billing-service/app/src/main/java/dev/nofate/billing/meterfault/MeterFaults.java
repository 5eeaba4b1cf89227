package dev.nofate.billing.meterfault;

import dev.nofate.billing.contract.MeterFault;
import dev.nofate.billing.contract.SettlementApi.Noticed;
import dev.nofate.billing.contract.SettlementApi.Result;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.PaymentProvider.Uncounted;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Remembers usage that the provider accepted and did not count afterwards. Our ledger says that it
 * was reported, and rightly so: it is for a person to find out why, and to have it billed.
 */
@ApplicationScoped
public class MeterFaults {

  private static final Logger LOG = Logger.getLogger(MeterFaults.class);
  private static final Pattern EVENT = Pattern.compile("evt_[A-Za-z0-9_]{1,200}");

  private final Transactions transactions;
  private final MeterFaultStore store;
  private final PaymentProvider provider;
  private final DatabaseClock clock;
  private final Counter faults;

  public MeterFaults(
      Transactions transactions,
      MeterFaultStore store,
      PaymentProvider provider,
      DatabaseClock clock,
      MeterRegistry metrics) {
    this.transactions = transactions;
    this.store = store;
    this.provider = provider;
    this.clock = clock;
    this.faults = metrics.counter("nofate.billing.meter.faults");
  }

  /** Remembers a fault, once; 502 when the provider does not say what it is about. */
  public Uni<Noticed> notice(MeterFault fault) {
    if (fault == null
        || fault.eventId() == null
        || !EVENT.matcher(fault.eventId()).matches()
        || fault.type() == null) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The fault is not well-formed");
    }
    return Transactions.detached(
        provider
            .uncounted(fault.eventId())
            .onFailure()
            .transform(
                failure ->
                    new ProblemException(
                        ErrorCode.BAD_GATEWAY, "The provider: " + failure.getMessage()))
            .flatMap(
                told ->
                    transactions.run(
                        Purpose.METER_FAULTS, connection -> remember(connection, fault, told)))
            .map(Noticed::new));
  }

  private Uni<Result> remember(SqlConnection connection, MeterFault fault, Uncounted told) {
    return clock.now(connection).flatMap(now -> remember(connection, fault, told, now));
  }

  private Uni<Result> remember(
      SqlConnection connection, MeterFault fault, Uncounted told, Instant now) {
    return store
        .insert(connection, fault, told, now)
        .flatMap(
            isNew ->
                isNew
                    ? store
                        .link(connection, fault.eventId(), told.identifiers())
                        .invoke(entries -> tell(fault, told, entries))
                        .replaceWith(Result.APPLIED)
                    : Uni.createFrom().item(Result.UNCHANGED));
  }

  private void tell(MeterFault fault, Uncounted told, int entries) {
    faults.increment();
    LOG.errorf(
        "%s: the meter did not count %d events (%s); %d ledger entries are known of them",
        fault.eventId(), told.errors(), String.join(", ", told.codes()), entries);
  }
}
