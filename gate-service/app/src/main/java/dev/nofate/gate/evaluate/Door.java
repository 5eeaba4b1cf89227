package dev.nofate.gate.evaluate;

import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.admission.Admission;
import dev.nofate.gate.admission.Demand;
import dev.nofate.gate.admission.RefusalLog;
import dev.nofate.gate.admission.Ticket;
import dev.nofate.gate.admission.Ticket.Hint;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.gate.standing.Standings;
import dev.nofate.kit.log.LogContext;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What stands before the engine: rate limit, repeats, standing. Work that was begun is finished
 * even when the client has gone, so that nothing stays half done.
 */
@ApplicationScoped
class Door {

  private static final Logger LOG = Logger.getLogger(Door.class);

  /** The answer with what the transport says beside it. */
  record Passage(Answer answer, Ticket ticket, Stopwatch watch) {}

  private final Admission admission;
  private final Standings standings;
  private final RefusalLog refusals;
  private final Evaluations evaluations;
  private final Decider decider;

  Door(
      Admission admission,
      Standings standings,
      RefusalLog refusals,
      Evaluations evaluations,
      Decider decider) {
    this.admission = admission;
    this.standings = standings;
    this.refusals = refusals;
    this.evaluations = evaluations;
    this.decider = decider;
  }

  Uni<Passage> enter(
      Caller caller,
      IdempotencyKey key,
      Direction direction,
      byte[] body,
      Optional<Octets> subject) {
    TenantId tenant = caller.tenant();
    UUID evaluation = key.evaluation(tenant);
    LogContext.evaluation(evaluation);
    Stopwatch watch = new Stopwatch();
    Uni<Passage> work =
        admission
            .admit(Demand.of(caller, evaluation, body.length))
            .invoke(ticket -> refuseAboveLimit(tenant, ticket))
            .invoke(ticket -> watch.lap("admission"))
            .chain(
                ticket ->
                    decider
                        .read(body, direction)
                        .map(
                            reading ->
                                new Call(
                                    tenant, key, evaluation, direction, body, subject, reading))
                        .chain(call -> answer(call, ticket, watch))
                        .map(answer -> new Passage(answer, ticket, watch)));
    return uncancellable(work);
  }

  private Uni<Answer> answer(Call call, Ticket ticket, Stopwatch watch) {
    Uni<Optional<Answer>> repeat =
        ticket.hint(call.evaluation()) == Hint.FRESH
            ? Uni.createFrom().item(Optional.empty())
            : evaluations.stored(call);
    return repeat.chain(
        found -> {
          if (found.isPresent()) {
            return Uni.createFrom().item(found.get());
          }
          if (ticket.hint(call.evaluation()) == Hint.RUNNING) {
            throw new ProblemException(ErrorCode.IN_PROGRESS, null).with("Retry-After", "1");
          }
          return decide(call, watch);
        });
  }

  private Uni<Answer> decide(Call call, Stopwatch watch) {
    return standings
        .suspended(call.tenant())
        .chain(suspended -> suspended ? held(call) : evaluations.decide(call, watch))
        .invoke(answer -> admission.answered(call.tenant(), call.evaluation()))
        .onFailure()
        .call(failure -> admission.released(call.tenant(), List.of(call.evaluation())));
  }

  /** A suspended account's repeats are reads and go on. */
  private Uni<Answer> held(Call call) {
    return evaluations
        .stored(call)
        .map(
            found ->
                found.orElseThrow(
                    () -> {
                      refusals.count(call.tenant(), EventType.BILLING_HOLD);
                      return refusal(ErrorCode.BILLING_HOLD);
                    }));
  }

  private void refuseAboveLimit(TenantId tenant, Ticket ticket) {
    if (ticket.exceeded()) {
      refusals.count(tenant, EventType.RATE_LIMIT_EXCEEDED);
      throw RateLimitHeaders.on(refusal(ErrorCode.RATE_LIMIT_EXCEEDED), ticket);
    }
  }

  static ProblemException refusal(ErrorCode code) {
    return new ProblemException(
        Problem.of(code, null).withState(State.NO_DETERMINISTIC_OUTCOME.name()));
  }

  /** Runs to its end whoever listens. */
  static <T> Uni<T> uncancellable(Uni<T> work) {
    Uni<T> shared = work.memoize().indefinitely();
    shared
        .subscribe()
        .with(done -> {}, failure -> LOG.debugf("a request ended early: %s", failure.getMessage()));
    return shared;
  }
}
