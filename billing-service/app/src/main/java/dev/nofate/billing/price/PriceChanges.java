package dev.nofate.billing.price;

import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.outbox.Outbox;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.time.DatabaseClock;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Adds versions to the price book, audited in the chain of the tenant that they are for. */
@ApplicationScoped
public class PriceChanges {

  private final Transactions transactions;
  private final AccountStore accounts;
  private final PriceBook book;
  private final Outbox outbox;
  private final DatabaseClock clock;

  public PriceChanges(
      Transactions transactions,
      AccountStore accounts,
      PriceBook book,
      Outbox outbox,
      DatabaseClock clock) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.book = book;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * The version of the offer, added now or before; 409 when its hour has begun or has other prices,
   * 404 when it is for a tenant without an account.
   */
  Uni<Prices> add(PriceOffer told, UUID actor) {
    Prices offer = told.read();
    return transactions.run(
        Purpose.PRICES,
        connection ->
            book.lock(connection)
                .call(() -> Transactions.become(connection, chain(offer)))
                .call(() -> requireAccount(connection, offer.tenant()))
                .flatMap(locked -> book.ofSameHour(connection, offer))
                .flatMap(
                    known ->
                        known.isPresent()
                            ? Transactions.confirmed(connection)
                                .map(durable -> same(known.get(), offer))
                            : append(connection, offer, actor)));
  }

  private Uni<Void> requireAccount(SqlConnection connection, TenantId tenant) {
    return tenant == null
        ? Uni.createFrom().voidItem()
        : accounts
            .lock(connection, tenant)
            .map(found -> found.orElseThrow(ProblemException::notFound))
            .replaceWithVoid();
  }

  private static Prices same(Prices known, Prices offer) {
    if (!known.isSameOffer(offer)) {
      throw new ProblemException(ErrorCode.CONFLICT, "Other prices take effect in this hour");
    }
    return known;
  }

  private Uni<Prices> append(SqlConnection connection, Prices offer, UUID actor) {
    return clock
        .now(connection)
        .invoke(
            now -> {
              if (!offer.effectiveFrom().isAfter(now)) {
                throw new ProblemException(
                    ErrorCode.CONFLICT, "The hour of effective_from has begun");
              }
            })
        .flatMap(
            now ->
                book.add(connection, offer, now)
                    .map(version -> numbered(offer, version))
                    .call(added -> audit(connection, added, actor, now)));
  }

  private static Prices numbered(Prices offer, long version) {
    return new Prices(
        version,
        offer.tenant(),
        offer.effectiveFrom(),
        offer.bytesIn(),
        offer.bytesOut(),
        offer.gates(),
        offer.auditEvents());
  }

  private Uni<Void> audit(SqlConnection connection, Prices added, UUID actor, Instant now) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("action", "price_version_added");
    payload.put("actor", actor.toString());
    payload.put("before", Map.of("newest_price_version", added.version() - 1));
    payload.put("after", Map.of("newest_price_version", added.version()));
    payload.put("price_version", added.version());
    payload.put("effective_from", Rfc3339.text(added.effectiveFrom()));
    return outbox.add(connection, chain(added), "admin_action", payload, now);
  }

  /** Whose log tells of the version: the tenant's, or the operator's when it is everybody's. */
  private static TenantId chain(Prices prices) {
    return prices.tenant() == null ? TenantId.OPERATOR : prices.tenant();
  }
}
