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
import dev.nofate.gate.engine.Temporal;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.gate.tally.Tally;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * Decides, records, stores, answers: in this order. A crash between recording and storing loses
 * nothing, because the repeat meets what was recorded and derives the same answer from it.
 */
@ApplicationScoped
class Evaluations {

  private static final Logger LOG = Logger.getLogger(Evaluations.class);

  private final Decider decider;
  private final Salts salts;
  private final AuditLog audit;
  private final EvaluationStore store;
  private final InstantSource clock;
  private final ObjectMapper json;
  private final Tally tally;

  Evaluations(
      Decider decider,
      Salts salts,
      AuditLog audit,
      EvaluationStore store,
      InstantSource clock,
      ObjectMapper json,
      Tally tally) {
    this.decider = decider;
    this.salts = salts;
    this.audit = audit;
    this.store = store;
    this.clock = clock;
    this.json = json;
    this.tally = tally;
  }

  /** The stored answer to a repeat, if there is one; 422 when it belongs to another request. */
  Uni<Optional<Answer>> stored(Call call) {
    return store
        .find(call.tenant(), call.evaluation())
        .map(found -> found.map(row -> repeat(call, row)));
  }

  /** Decides a call that was not answered before. */
  Uni<Answer> decide(Call call, Stopwatch watch) {
    return decider
        .ruleset(call.tenant(), call.reading().rulesetReference())
        .chain(ruleset -> draft(call, ruleset))
        .invoke(draft -> watch.lap("engine"))
        .chain(
            draft ->
                audit
                    .append(call.tenant(), call.evaluation(), draft.events())
                    .invoke(receipt -> watch.lap("audit"))
                    .chain(
                        receipt ->
                            receipt.replayed() ? recover(call, receipt) : keep(draft, receipt)))
        .invoke(answer -> watch.lap("store"));
  }

  /** A decision as of now, not yet recorded. */
  Uni<Draft> draft(Call call, Optional<VersionedRuleset> ruleset) {
    return draft(
        call, ruleset, Micros.text(clock.instant()), salts.current(call.tenant(), call.key()));
  }

  private Uni<Draft> draft(
      Call call, Optional<VersionedRuleset> ruleset, String receivedAt, Octets salt) {
    Admission admission = new Admission(call.tenant().toString(), receivedAt, salt);
    return decider
        .decide(call.reading(), call.body().length, ruleset, admission)
        .map(decision -> new Draft(call, decision, salt));
  }

  /** The log knows this evaluation: answer what follows from what it recorded. */
  Uni<Answer> recover(Call call, AppendReceipt receipt) {
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
            .filter(candidate -> recorded.direction().equals(call.direction().wireName()))
            .findFirst()
            .orElseThrow(Evaluations::otherBody);
    return decider
        .ruleset(call.tenant(), recorded.ruleset())
        .chain(ruleset -> draft(call, ruleset, recorded.receivedAt(), salt))
        .invoke(draft -> sameDigest(draft.decision(), recorded))
        .chain(draft -> keep(draft, receipt))
        .map(answer -> new Answer(answer.body(), true));
  }

  private Uni<Answer> keep(Draft draft, AppendReceipt receipt) {
    EvaluationStore.Entry entry = entry(draft, receipt);
    return keep(List.of(entry)).replaceWith(new Answer(entry.answer(), false));
  }

  /** Stores what was recorded; 503 when that fails, and the repeat recovers it. */
  Uni<Void> keep(List<EvaluationStore.Entry> entries) {
    return store
        .insert(entries)
        .invoke(() -> entries.forEach(this::count))
        .onFailure()
        .transform(
            failure ->
                Decider.unavailable("The evaluation was recorded and not yet stored", failure));
  }

  /** For the console's pictures; how long a recovered one took is not known. */
  private void count(EvaluationStore.Entry entry) {
    Decision decision = entry.draft().decision();
    Instant receivedAt = Instant.parse(decision.receivedAt());
    tally.count(
        entry.draft().call().tenant(),
        receivedAt,
        decision.state().name(),
        decision.reason().map(reason -> reason.gate().wireName()).orElse(""),
        decision.reason().map(reason -> reason.code().name()).orElse(""),
        entry.receipt().replayed()
            ? OptionalLong.empty()
            : OptionalLong.of(Math.max(0, ChronoUnit.MICROS.between(receivedAt, clock.instant()))),
        decision.temporal().map(Temporal::stalenessMs).orElse(OptionalLong.empty()));
  }

  EvaluationStore.Entry entry(Draft draft, AppendReceipt receipt) {
    return new EvaluationStore.Entry(draft, receipt, bytes(draft.answer(receipt)));
  }

  /**
   * The answer that a stored evaluation gives to a call with its key.
   *
   * @throws ProblemException 410 after erasure, 422 when it belongs to another request
   */
  static Answer repeat(Call call, StoredEvaluation row) {
    StoredEvaluation.Content content =
        row.content().orElseThrow(() -> new ProblemException(ErrorCode.GONE, null));
    if (row.direction() != call.direction()
        || !row.commitment().equals(commitment(call, content.salt()))) {
      throw otherBody();
    }
    return new Answer(content.answer(), true);
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

  static ProblemException otherBody() {
    return new ProblemException(ErrorCode.IDEMPOTENCY_KEY_REUSED, null);
  }

  private byte[] bytes(ObjectNode answer) {
    try {
      return json.writeValueAsBytes(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values is always writable", e);
    }
  }
}
