package dev.nofate.cli.gateway;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.util.Map;
import java.util.Optional;

/**
 * The gateway's part of a trace (W3C trace context): it goes on with the client's or begins one,
 * and hands it to the service. Method, service and status are noted, nothing of the request. Where
 * no collector is named, a client's {@code traceparent} goes through as it came.
 */
final class GatewayTrace implements ProxyInterceptor {

  private static final String SERVICE_NAME = "gateway";
  private static final int SERVER_ERROR = 500;
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");

  private static final TextMapGetter<MultiMap> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(MultiMap headers) {
          return headers.names();
        }

        @Override
        public String get(MultiMap headers, String name) {
          return headers == null ? null : headers.get(name);
        }
      };

  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final String backend;

  GatewayTrace(OpenTelemetry telemetry, String backend) {
    this.tracer = telemetry.getTracer("dev.nofate.gateway");
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
    this.backend = backend;
  }

  /** The exporter that these variables name; nothing without a collector. */
  static Optional<OpenTelemetry> of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "");
    if (endpoint.isBlank()) {
      return Optional.empty();
    }
    double share = Double.parseDouble(environment.getOrDefault("OTEL_TRACES_SAMPLER_ARG", "1.0"));
    String protocol = environment.getOrDefault("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.builder().put("service.name", SERVICE_NAME).build())
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
            .addSpanProcessor(BatchSpanProcessor.builder(exporter(endpoint, protocol)).build())
            .build();
    Runtime.getRuntime().addShutdownHook(new Thread(provider::close));
    return Optional.of(
        OpenTelemetrySdk.builder()
            .setTracerProvider(provider)
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build());
  }

  private static SpanExporter exporter(String endpoint, String protocol) {
    return "http/protobuf".equals(protocol)
        ? OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.replaceAll("/$", "") + "/v1/traces")
            .build()
        : OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build();
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    ProxyRequest request = context.request();
    Context parent = propagator.extract(Context.root(), request.headers(), HEADERS);
    Span span =
        tracer
            .spanBuilder(request.getMethod().name())
            .setSpanKind(SpanKind.SERVER)
            .setParent(parent)
            .setAttribute("http.request.method", request.getMethod().name())
            .setAttribute("nofate.backend", backend)
            .startSpan();
    propagator.inject(parent.with(span), request.headers(), MultiMap::set);
    return context
        .sendRequest()
        .onSuccess(response -> note(span, response.getStatusCode()))
        .onFailure(failure -> span.setStatus(StatusCode.ERROR))
        .onComplete(done -> span.end());
  }

  private static void note(Span span, int status) {
    span.setAttribute(STATUS, (long) status);
    if (status >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
    }
  }
}
