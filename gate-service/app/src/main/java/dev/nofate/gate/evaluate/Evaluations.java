package dev.nofate.gate.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.engine.Admission;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.gate.ruleset.Rulesets;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/**
 * Decides, records, stores, answers: in this order. A crash between recording and storing loses
 * nothing, because the repeat meets what was recorded and derives the same answer from it.
 */
@ApplicationScoped
class Evaluations {

  private static final Logger LOG = Logger.getLogger(Evaluations.class);

  private final Rulesets rulesets;
  private final Engine engine;
  private final Salts salts;
  private final AuditLog audit;
  private final EvaluationStore store;
  private final InstantSource clock;
  private final ObjectMapper json;
  private final EvaluateConfig config;

  Evaluations(
      Rulesets rulesets,
      Engine engine,
      Salts salts,
      AuditLog audit,
      EvaluationStore store,
      InstantSource clock,
      ObjectMapper json,
      EvaluateConfig config) {
    this.rulesets = rulesets;
    this.engine = engine;
    this.salts = salts;
    this.audit = audit;
    this.store = store;
    this.clock = clock;
    this.json = json;
    this.config = config;
  }

  /** The stored answer to a repeat, if there is one; 422 when it belongs to another body. */
  Uni<Optional<Answer>> stored(Call call) {
    return store
        .find(call.tenant(), call.evaluation())
        .map(found -> found.map(row -> repeat(call, row)));
  }

  /** Decides a call that was not answered before. */
  Uni<Answer> decide(Call call, Stopwatch watch) {
    String receivedAt = Micros.text(clock.instant());
    Octets salt = salts.current(call.tenant(), call.key());
    return derive(call, call.reading().rulesetReference(), receivedAt, salt)
        .invoke(draft -> watch.lap("engine"))
        .chain(
            draft ->
                audit
                    .append(call.tenant(), call.evaluation(), draft.events())
                    .invoke(receipt -> watch.lap("audit"))
                    .chain(
                        receipt ->
                            receipt.replayed()
                                ? recover(call, receipt)
                                : keep(call, draft, receipt, salt, false)))
        .invoke(answer -> watch.lap("store"));
  }

  private Uni<Draft> derive(
      Call call, Optional<RulesetReference> reference, String receivedAt, Octets salt) {
    Admission admission = new Admission(call.tenant().toString(), receivedAt, salt);
    return reference
        .map(named -> rulesets.resolve(call.tenant(), named))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .onFailure(failure -> !(failure instanceof ProblemException))
        .transform(failure -> unavailable("A ruleset was not read", failure))
        .chain(
            ruleset ->
                Uni.createFrom()
                    .item(() -> engine.decide(call.reading(), ruleset, admission))
                    .runSubscriptionOn(executor(call, ruleset)))
        .map(decision -> new Draft(call, decision, salt));
  }

  /** The event loop only while the work is sure to be short. */
  private Executor executor(Call call, Optional<VersionedRuleset> ruleset) {
    boolean heavy =
        call.body().length > config.eventLoopBytes()
            || ruleset.filter(r -> r.ruleset().ruleCount() > config.eventLoopRules()).isPresent();
    return heavy ? Infrastructure.getDefaultWorkerPool() : Runnable::run;
  }

  /** The log knows this evaluation: answer what follows from what it recorded. */
  private Uni<Answer> recover(Call call, AppendReceipt receipt) {
    return stored(call)
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found.get())
                    : deriveRecorded(call, receipt));
  }

  private Uni<Answer> deriveRecorded(Call call, AppendReceipt receipt) {
    Recorded recorded = Recorded.of(receipt);
    Octets salt =
        salts.live(call.tenant(), call.key()).stream()
            .filter(candidate -> recorded.commitment().equals(commitment(call, candidate)))
            .findFirst()
            .orElseThrow(Evaluations::otherBody);
    return derive(call, recorded.ruleset(), recorded.receivedAt(), salt)
        .invoke(draft -> sameDigest(draft.decision(), recorded))
        .chain(draft -> keep(call, draft, receipt, salt, true));
  }

  private Uni<Answer> keep(
      Call call, Draft draft, AppendReceipt receipt, Octets salt, boolean replayed) {
    byte[] answer = bytes(draft.answer(receipt));
    return store
        .insert(call, draft.decision(), receipt, salt, answer)
        .onFailure()
        .transform(
            failure -> unavailable("The evaluation was recorded and not yet stored", failure))
        .replaceWith(new Answer(answer, replayed));
  }

  private static Answer repeat(Call call, StoredEvaluation row) {
    if (row.erased()) {
      throw new ProblemException(ErrorCode.GONE, null);
    }
    if (!row.commitment().equals(commitment(call, row.salt()))) {
      throw otherBody();
    }
    return new Answer(row.answer(), true);
  }

  private static void sameDigest(Decision decision, Recorded recorded) {
    if (!decision.decisionDigest().equals(recorded.decisionDigest())) {
      LOG.error("a recorded evaluation derives to another digest");
      throw new ProblemException(
          ErrorCode.INTERNAL_ERROR, "The recorded decision was not reproduced");
    }
  }

  private static String commitment(Call call, Octets salt) {
    return call.reading().commitmentBytes().hmacSha256(salt);
  }

  private static ProblemException otherBody() {
    return new ProblemException(ErrorCode.IDEMPOTENCY_KEY_REUSED, null);
  }

  private static ProblemException unavailable(String observed, Throwable failure) {
    LOG.warnf("%s: %s: %s", observed, failure.getClass(), failure.getMessage());
    return new ProblemException(ErrorCode.UNAVAILABLE, observed).with("Retry-After", "1");
  }

  private byte[] bytes(ObjectNode answer) {
    try {
      return json.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values is always writable", e);
    }
  }
}
