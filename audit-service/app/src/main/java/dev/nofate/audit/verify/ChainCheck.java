package dev.nofate.audit.verify;

import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Fault;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.EventRow;
import dev.nofate.audit.event.WireEvents;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Recomputes a chain from its content, page by page, as far as it reached when asked. */
@ApplicationScoped
class ChainCheck {

  private final ChainReader reader;
  private final VerifyConfig config;
  private final WireEvents wire;
  private final Semaphore places;

  ChainCheck(ChainReader reader, VerifyConfig config, WireEvents wire) {
    this.reader = reader;
    this.config = config;
    this.wire = wire;
    this.places = new Semaphore(config.atOnce());
  }

  /**
   * Verifies a tenant's chain.
   *
   * @throws ProblemException 503 when as many verifications run as may run
   */
  Uni<VerifyAnswer> check(UUID tenant) {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (!places.tryAcquire()) {
                throw new ProblemException(
                        ErrorCode.UNAVAILABLE, "As many verifications are running as can run")
                    .with("Retry-After", Long.toString(config.retryAfter().toSeconds()));
              }
              return reader
                  .last(tenant)
                  .map(last -> last.map(EventRow::seq).orElse(0L))
                  .chain(last -> verify(tenant, last))
                  .onTermination()
                  .invoke(places::release);
            });
  }

  private Uni<VerifyAnswer> verify(UUID tenant, long last) {
    ChainVerifier verifier = ChainVerifier.startingAtGenesis(tenant);
    return reader
        .pages(tenant, 0, last, config.pageEvents())
        .onItem()
        .transformToUniAndConcatenate(
            rows ->
                Uni.createFrom()
                    .item(() -> accept(verifier, rows))
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .select()
        .first(Optional::isEmpty)
        .onItem()
        .ignoreAsUni()
        .map(done -> answer(verifier.verdict(), last));
  }

  private static Optional<Fault> accept(ChainVerifier verifier, List<EventRow> rows) {
    return rows.stream()
        .map(row -> verifier.accept(row.line()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private VerifyAnswer answer(Verdict verdict, long last) {
    if (verdict instanceof Verdict.Broken broken) {
      return VerifyAnswer.broken(broken.fault());
    }
    Verdict.Valid valid = (Verdict.Valid) verdict;
    Position head = valid.head();
    return head.seq() < last
        ? VerifyAnswer.broken(
            new Fault(head.seq() + 1, Fault.Code.SEQ_MISSING, "the chain ended while it was read"))
        : VerifyAnswer.valid(valid.events(), wire.head(head));
  }
}
