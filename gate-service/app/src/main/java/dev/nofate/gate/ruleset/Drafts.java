package dev.nofate.gate.ruleset;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Compilation;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.RulesetCompiler;
import dev.nofate.gate.engine.RulesetProblem;
import dev.nofate.kit.bound.Places;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Documents that are not published: compiled and run against their own examples by a worker. */
@ApplicationScoped
public class Drafts {

  private final EngineLimits limits;
  private final Places checks;
  private final Places publications;

  Drafts(EngineLimits limits, CheckConfig config) {
    this.limits = limits;
    this.checks =
        new Places(
            "Checks of rulesets", config.running(), config.runningPerTenant(), config.retryAfter());
    this.publications =
        new Places(
            "Publications of rulesets",
            config.publishing(),
            config.publishingPerTenant(),
            config.retryAfter());
  }

  /** {@link #compile}; 503 when as many publications compile as may. */
  Uni<CompiledRuleset> compileToPublish(TenantId tenant, byte[] document) {
    return publications.within(tenant, () -> compile(document));
  }

  /** The compiled document; 422 {@code RULESET_REFUSED} with every fault otherwise. */
  public Uni<CompiledRuleset> compile(byte[] document) {
    return attempt(document)
        .map(
            compilation -> {
              if (compilation instanceof Compilation.Refused refused) {
                throw refused(refused.problems());
              }
              return ((Compilation.Compiled) compilation).ruleset();
            });
  }

  /** What publishing would say; 503 when as many checks run as may run. */
  Uni<RulesetCheck> check(TenantId tenant, byte[] document) {
    return checks.within(tenant, () -> check(document));
  }

  private Uni<RulesetCheck> check(byte[] document) {
    return attempt(document)
        .map(
            compilation ->
                compilation instanceof Compilation.Compiled good
                    ? new RulesetCheck(
                        true, good.ruleset().name(), good.ruleset().digest(), List.of())
                    : new RulesetCheck(
                        false, null, null, faults(((Compilation.Refused) compilation).problems())));
  }

  private Uni<Compilation> attempt(byte[] document) {
    return Uni.createFrom()
        .item(() -> RulesetCompiler.compile(document, limits))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private static ProblemException refused(List<RulesetProblem> problems) {
    return new ProblemException(
        Problem.of(ErrorCode.RULESET_REFUSED, problems.size() + " fault(s) were found")
            .withErrors(faults(problems)));
  }

  private static List<RulesetFault> faults(List<RulesetProblem> problems) {
    return problems.stream().map(RulesetFault::of).toList();
  }
}
