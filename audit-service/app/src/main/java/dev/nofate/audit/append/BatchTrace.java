package dev.nofate.audit.append;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.quarkus.opentelemetry.runtime.QuarkusContextStorage;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.List;
import java.util.function.Supplier;

/**
 * One write serves many requests: its span belongs to the trace of the first of them that is
 * sampled, and is linked to those of the others. Without a sampled one nothing is done.
 */
final class BatchTrace {

  private static final String SCOPE = "dev.nofate.audit";

  private BatchTrace() {}

  /** Does the work, its database calls inside the span. */
  static Uni<Void> around(List<Pending> batch, Supplier<Uni<Void>> work) {
    List<SpanContext> sampled =
        batch.stream().map(Pending::span).filter(SpanContext::isSampled).distinct().toList();
    if (sampled.isEmpty() || !(Vertx.currentContext() instanceof ContextInternal own)) {
      return work.get();
    }
    Span span = span(batch, sampled);
    ContextInternal inside = own.duplicate();
    return Uni.createFrom()
        .<Void>emitter(
            emitter ->
                inside.runOnContext(
                    nothing -> {
                      QuarkusContextStorage.INSTANCE.attach(inside, Context.root().with(span));
                      work.get().subscribe().with(emitter::complete, emitter::fail);
                    }))
        .onFailure()
        .invoke(failure -> span.setStatus(StatusCode.ERROR))
        .eventually(() -> span.end());
  }

  private static Span span(List<Pending> batch, List<SpanContext> sampled) {
    SpanBuilder builder =
        GlobalOpenTelemetry.getTracer(SCOPE)
            .spanBuilder("append batch")
            .setParent(Context.root().with(Span.wrap(sampled.get(0))))
            .setAttribute("nofate.appends", batch.size())
            .setAttribute(
                "nofate.events",
                batch.stream().mapToLong(pending -> pending.draft().events().size()).sum());
    sampled.subList(1, sampled.size()).forEach(builder::addLink);
    return builder.startSpan();
  }
}
