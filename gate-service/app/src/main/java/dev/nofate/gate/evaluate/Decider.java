package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Admission;
import dev.nofate.gate.engine.Decision;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.Intake;
import dev.nofate.gate.engine.Reading;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.ruleset.Rulesets;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** The engine with the tenant's rulesets, on the event loop only while the work is short. */
@ApplicationScoped
class Decider {

  private static final Logger LOG = Logger.getLogger(Decider.class);

  private final Rulesets rulesets;
  private final Engine engine;
  private final EngineLimits limits;
  private final EvaluateConfig config;

  Decider(Rulesets rulesets, Engine engine, EngineLimits limits, EvaluateConfig config) {
    this.rulesets = rulesets;
    this.engine = engine;
    this.limits = limits;
    this.config = config;
  }

  Uni<Reading> read(byte[] body, Direction direction) {
    return Uni.createFrom()
        .item(() -> Intake.read(body, direction, limits))
        .runSubscriptionOn(executor(body.length > config.eventLoopBytes()));
  }

  /** The ruleset that a reference names at this moment; 503 when it cannot be read. */
  Uni<Optional<VersionedRuleset>> ruleset(TenantId tenant, Optional<RulesetReference> reference) {
    return reference
        .map(named -> rulesets.resolve(tenant, named))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .onFailure(failure -> !(failure instanceof ProblemException))
        .transform(failure -> unavailable("A ruleset was not read", failure));
  }

  Uni<Decision> decide(
      Reading reading, int length, Optional<VersionedRuleset> ruleset, Admission admission) {
    boolean heavy =
        length > config.eventLoopBytes()
            || ruleset.filter(r -> r.ruleset().ruleCount() > config.eventLoopRules()).isPresent();
    return Uni.createFrom()
        .item(() -> engine.decide(reading, ruleset, admission))
        .runSubscriptionOn(executor(heavy));
  }

  static ProblemException unavailable(String observed, Throwable failure) {
    LOG.warnf("%s: %s: %s", observed, failure.getClass(), failure.getMessage());
    return new ProblemException(ErrorCode.UNAVAILABLE, observed).with("Retry-After", "1");
  }

  private static Executor executor(boolean heavy) {
    return heavy ? Infrastructure.getDefaultWorkerPool() : Runnable::run;
  }
}
