package dev.nofate.system.suite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector for traces (OTLP over HTTP) that keeps what it gets. */
public final class TraceSink implements AutoCloseable {

  private final HttpServer server;
  private final List<Seen> spans = new CopyOnWriteArrayList<>();

  /**
   * A span as it was exported.
   *
   * @param service whose
   * @param span what
   */
  public record Seen(String service, Span span) {

    public String trace() {
      return hex(span.getTraceId().toByteArray());
    }

    public String id() {
      return hex(span.getSpanId().toByteArray());
    }

    public String parent() {
      return hex(span.getParentSpanId().toByteArray());
    }

    /** Traces that it is linked to. */
    public List<String> links() {
      return span.getLinksList().stream()
          .map(link -> hex(link.getTraceId().toByteArray()))
          .toList();
    }

    /** An attribute as text; empty when it is not there. */
    public String attribute(String name) {
      return span.getAttributesList().stream()
          .filter(attribute -> attribute.getKey().equals(name))
          .map(KeyValue::getValue)
          .map(value -> value.hasStringValue() ? value.getStringValue() : value.toString())
          .findFirst()
          .orElse("");
    }

    private static String hex(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
  }

  TraceSink() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::receive);
    server.setExecutor(Executors.newFixedThreadPool(2, TraceSink::daemon));
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Everything that arrived so far. */
  public List<Seen> spans() {
    return List.copyOf(spans);
  }

  public List<Seen> trace(String traceId) {
    return spans.stream().filter(seen -> seen.trace().equals(traceId)).toList();
  }

  private void receive(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream body =
        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().forEach(this::keep);
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private void keep(ResourceSpans resource) {
    String service =
        resource.getResource().getAttributesList().stream()
            .filter(attribute -> attribute.getKey().equals("service.name"))
            .map(attribute -> attribute.getValue().getStringValue())
            .findFirst()
            .orElse("");
    for (ScopeSpans scope : resource.getScopeSpansList()) {
      scope.getSpansList().forEach(span -> spans.add(new Seen(service, span)));
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "traces");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
