package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Admission;
import dev.nofate.gate.engine.Decision;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Derives a stored evaluation again from its stored content. Reads only. */
@ApplicationScoped
class Replay {

  private final EvaluationStore store;
  private final Decider decider;

  Replay(EvaluationStore store, Decider decider) {
    this.store = store;
    this.decider = decider;
  }

  /** What comes out now beside what was recorded; 404 when missing, 410 after erasure. */
  Uni<ReplayAnswer> run(TenantId tenant, UUID evaluation) {
    return store
        .find(tenant, evaluation)
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .chain(row -> run(tenant, row));
  }

  private Uni<ReplayAnswer> run(TenantId tenant, StoredEvaluation row) {
    StoredEvaluation.Content content =
        row.content().orElseThrow(() -> new ProblemException(ErrorCode.GONE, null));
    Admission admission = new Admission(tenant.toString(), row.receivedAt(), content.salt());
    return Uni.combine()
        .all()
        .unis(
            decider.read(content.request(), row.direction()),
            decider.ruleset(tenant, row.ruleset()))
        .asTuple()
        .chain(
            both ->
                decider.decide(
                    both.getItem1(), content.request().length, both.getItem2(), admission))
        .map(decision -> answer(row, decision));
  }

  private static ReplayAnswer answer(StoredEvaluation row, Decision decision) {
    var recorded = new ReplayAnswer.Outcome(row.state(), row.decisionDigest());
    var replayed = new ReplayAnswer.Outcome(decision.state(), decision.decisionDigest());
    return new ReplayAnswer(
        row.evaluation(),
        recorded.equals(replayed),
        recorded,
        replayed,
        row.receivedAt(),
        row.direction().wireName(),
        SystemVersion.TEXT);
  }
}
