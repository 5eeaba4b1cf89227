package dev.nofate.gate.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Admission;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.Engine;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.Intake;
import dev.nofate.gate.engine.VersionedRuleset;
import dev.nofate.gate.evaluate.EvaluationCursor;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Runs a draft over stored evaluations of a tenant. Reads only. */
@ApplicationScoped
class Backtest {

  /** A draft has no version; no answer shows this one. */
  private static final int NO_VERSION = 0;

  private final BacktestStore store;
  private final Engine engine;
  private final EngineLimits limits;
  private final BacktestConfig config;
  private final ObjectMapper json;

  Backtest(
      BacktestStore store,
      Engine engine,
      EngineLimits limits,
      BacktestConfig config,
      ObjectMapper json) {
    this.store = store;
    this.engine = engine;
    this.limits = limits;
    this.config = config;
    this.json = json;
  }

  /**
   * Lines in pieces, each piece ending with the sums so far: a reader whose connection breaks goes
   * on behind the last sums it saw.
   */
  Multi<byte[]> lines(TenantId tenant, CompiledRuleset draft, BacktestRange.Checked range) {
    return Multi.createBy()
        .repeating()
        .uni(() -> new Run(tenant, draft, range), Run::piece)
        .whilst(Piece::unfinished)
        .map(Piece::text);
  }

  private record Piece(byte[] text, boolean unfinished) {}

  /** One request's way through the range. */
  private final class Run {

    private final TenantId tenant;
    private final CompiledRuleset draft;
    private final BacktestRange.Checked range;
    private final long started = System.nanoTime();
    private final Sums sums = new Sums();
    private EvaluationCursor at;

    Run(TenantId tenant, CompiledRuleset draft, BacktestRange.Checked range) {
      this.tenant = tenant;
      this.draft = draft;
      this.range = range;
      this.at = range.behind();
    }

    Uni<Piece> piece() {
      int size = Math.min(config.page(), range.limit() - sums.examined());
      // One more tells whether the range goes on.
      return store
          .page(tenant, draft.name(), range, at, size + 1)
          .emitOn(Infrastructure.getDefaultWorkerPool())
          .map(found -> piece(found, size));
    }

    private Piece piece(List<BacktestStore.Past> found, int size) {
      boolean more = found.size() > size;
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      for (BacktestStore.Past past : more ? found.subList(0, size) : found) {
        examine(past, text);
        at = past.at();
      }
      ObjectNode line = JsonNodeFactory.instance.objectNode().put("kind", "sums");
      line.put("draft_digest", draft.digest());
      sums.putInto(line);
      line.put("complete", !more);
      line.put("next", more ? at.text() : null);
      write(line, text);
      boolean within =
          sums.examined() < range.limit() && System.nanoTime() - started < config.time().toNanos();
      return new Piece(text.toByteArray(), more && within);
    }

    private void examine(BacktestStore.Past past, ByteArrayOutputStream text) {
      if (past.content().isEmpty()) {
        sums.erased();
        return;
      }
      Comparison comparison = compare(past, past.content().orElseThrow());
      sums.compared(comparison);
      if (comparison.differs()) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("kind", "difference");
        line.put("evaluation_id", past.at().evaluation().toString());
        line.put("received_at", receivedAt(past));
        line.put("direction", past.direction().wireName());
        comparison.putInto(line);
        write(line, text);
        text.write('\n');
      }
    }

    private Comparison compare(BacktestStore.Past past, BacktestStore.Content content) {
      try {
        return Comparison.of(
            json.readTree(content.answer()),
            engine.decide(
                Intake.read(content.request(), past.direction(), limits),
                Optional.of(new VersionedRuleset(NO_VERSION, draft)),
                new Admission(tenant.toString(), receivedAt(past), content.salt())));
      } catch (IOException e) {
        throw new UncheckedIOException("a stored answer is no JSON", e);
      }
    }
  }

  private static String receivedAt(BacktestStore.Past past) {
    return Micros.text(past.at().receivedAt().toInstant());
  }

  private void write(ObjectNode line, ByteArrayOutputStream text) {
    try {
      text.writeBytes(json.writeValueAsBytes(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON values is always writable", e);
    }
  }
}
