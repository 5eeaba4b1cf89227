package dev.nofate.gate.ruleset;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Compilation;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.RulesetCompiler;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.VersionedRuleset;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Served rulesets, compiled once a digest and kept within a bound. */
@ApplicationScoped
public class Rulesets {

  private static final int FIRST_PAGE = 100;

  private final RulesetStore store;
  private final EngineLimits limits;
  private final AsyncCache<String, CompiledRuleset> compiled;

  Rulesets(RulesetStore store, EngineLimits limits, RulesetConfig config) {
    this.store = store;
    this.limits = limits;
    this.compiled = Caffeine.newBuilder().maximumSize(config.compiledCacheSize()).buildAsync();
  }

  /** The ruleset that a reference names at this moment, ready to decide. */
  public Uni<Optional<VersionedRuleset>> resolve(TenantId tenant, RulesetReference reference) {
    return store
        .find(tenant, reference)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : ready(tenant, found.get()).map(Optional::of));
  }

  /** A tenant's served versions, in order of name and version, as far as one page goes. */
  public Uni<Page<PublishedRuleset>> firstPage(TenantId tenant) {
    return store
        .list(tenant, Optional.empty(), "", 0, FIRST_PAGE + 1)
        .map(rows -> PublishedRuleset.page(rows, FIRST_PAGE));
  }

  private Uni<VersionedRuleset> ready(TenantId tenant, RulesetRow row) {
    return Uni.createFrom()
        .completionStage(
            () ->
                compiled.get(
                    row.digest(),
                    (digest, executor) ->
                        store
                            .document(tenant, row.name(), row.version())
                            .emitOn(Infrastructure.getDefaultWorkerPool())
                            .map(this::compile)
                            .subscribeAsCompletionStage()
                            .toCompletableFuture()))
        .map(ruleset -> new VersionedRuleset(row.version(), ruleset));
  }

  private CompiledRuleset compile(String document) {
    Compilation compilation =
        RulesetCompiler.compile(document.getBytes(StandardCharsets.UTF_8), limits);
    if (compilation instanceof Compilation.Compiled good) {
      return good.ruleset();
    }
    throw new IllegalStateException("a published ruleset does not compile any more");
  }
}
