package dev.nofate.meter.trace;

import dev.nofate.billing.contract.LedgerEntryDraft;
import dev.nofate.meter.call.Calls;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Filing usage goes on in the trace of the first sampled request of its range and is linked to
 * those of all others. Which they were is asked only where traces are exported; when that is not
 * answered, usage is filed without.
 */
@ApplicationScoped
public class FilingTrace {

  private static final Logger LOG = Logger.getLogger(FilingTrace.class);
  private static final Pattern TRACEPARENT = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-01");

  private final ChainTracesClient client;
  private final Calls calls;
  private final Tracer tracer;
  private final boolean off;

  FilingTrace(
      @RestClient ChainTracesClient client,
      Calls calls,
      Tracer tracer,
      @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off) {
    this.client = client;
    this.calls = calls;
    this.tracer = tracer;
    this.off = off;
  }

  /** Files, and notes where the usage came from. */
  public <T> T around(LedgerEntryDraft draft, Supplier<T> filing) {
    List<SpanContext> origins = off ? List.of() : origins(draft);
    if (origins.isEmpty()) {
      return filing.get();
    }
    Span span = span(draft, origins);
    try (Scope scope = span.makeCurrent()) {
      return filing.get();
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }

  private Span span(LedgerEntryDraft draft, List<SpanContext> origins) {
    SpanBuilder builder =
        tracer
            .spanBuilder("file usage")
            .setParent(Context.root().with(Span.wrap(origins.get(0))))
            .setAttribute("nofate.tenant", draft.tenant().toString())
            .setAttribute("nofate.first_seq", draft.firstSeq())
            .setAttribute("nofate.last_seq", draft.lastSeq());
    origins.forEach(builder::addLink);
    return builder.startSpan();
  }

  private List<SpanContext> origins(LedgerEntryDraft draft) {
    try {
      return calls.await(client.traces(draft.tenant(), draft.firstSeq(), draft.lastSeq())).stream()
          .map(FilingTrace::context)
          .flatMap(Optional::stream)
          .toList();
    } catch (RuntimeException e) {
      LOG.debugf("where usage came from was not answered: %s", Calls.describe(e));
      return List.of();
    }
  }

  static Optional<SpanContext> context(String traceparent) {
    Matcher parts = TRACEPARENT.matcher(traceparent);
    return parts.matches()
        ? Optional.of(
            SpanContext.createFromRemoteParent(
                parts.group(1), parts.group(2), TraceFlags.getSampled(), TraceState.getDefault()))
        : Optional.empty();
  }
}
