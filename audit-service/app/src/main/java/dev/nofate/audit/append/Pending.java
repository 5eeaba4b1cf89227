package dev.nofate.audit.append;

import dev.nofate.audit.chain.Entry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An append on its way into the log, and who waits for it. Its caller's going away changes nothing.
 */
record Pending(Draft draft, CompletableFuture<Appended> answer, SpanContext span) {

  /** An append of the trace that is current. */
  Pending(Draft draft) {
    this(draft, new CompletableFuture<>(), Span.current().getSpanContext());
  }

  /** W3C form of where it came from, for a sampled trace; null for any other. */
  String traceparent() {
    return span.isSampled() ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01" : null;
  }

  void recorded(List<Entry> entries) {
    answer.complete(new Appended(entries, false));
  }

  void replayed(List<Entry> entries) {
    answer.complete(new Appended(entries, true));
  }

  void refused(Refusal refusal) {
    answer.completeExceptionally(refusal);
  }
}
