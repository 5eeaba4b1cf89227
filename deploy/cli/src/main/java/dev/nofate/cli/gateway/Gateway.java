package dev.nofate.cli.gateway;

import dev.nofate.gate.contract.ErrorCode;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.HttpProxy;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One address for the suite's public paths. */
final class Gateway {

  private static final Set<HttpMethod> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  private static final String ALLOWED =
      METHODS.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));

  private final GatewaySettings settings;
  private final HttpServer server;
  private final Deadlines deadlines;
  private final Map<GatewayRoutes.Backend, HttpProxy> proxies =
      new EnumMap<>(GatewayRoutes.Backend.class);

  Gateway(Vertx vertx, GatewaySettings settings) {
    this(vertx, settings, Optional.empty());
  }

  /** With traces where there is somebody to send them to. */
  Gateway(Vertx vertx, GatewaySettings settings, Optional<OpenTelemetry> telemetry) {
    this.settings = settings;
    HttpClient client = vertx.createHttpClient(clientOptions());
    for (GatewayRoutes.Backend backend : GatewayRoutes.Backend.values()) {
      proxies.put(backend, proxy(client, backend, telemetry));
    }
    HttpServerOptions options = serverOptions();
    deadlines = new Deadlines(vertx);
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(
                connection -> {
                  OneFraming.on(connection, options);
                  deadlines.opened(connection);
                })
            .requestHandler(this::handle)
            .invalidRequestHandler(Gateway::refuse);
  }

  /** Begins to listen on the loopback address; answers the port. */
  Future<Integer> listen() {
    return server.listen(settings.port(), "127.0.0.1").map(HttpServer::actualPort);
  }

  private void handle(HttpServerRequest request) {
    deadlines.began(request);
    if (!METHODS.contains(request.method())) {
      request.response().putHeader(HttpHeaders.ALLOW, ALLOWED);
      Problems.answer(request, ErrorCode.METHOD_NOT_ALLOWED, "The method is not served here.");
      return;
    }
    if (!namesOneHost(request)) {
      Problems.answer(request, ErrorCode.BAD_REQUEST, "The request does not name one host.");
      return;
    }
    Optional<GatewayRoutes.Backend> backend = GatewayRoutes.of(request.uri());
    if (backend.isEmpty()) {
      Problems.answer(request, ErrorCode.NOT_FOUND, "The address is not public.");
      return;
    }
    proxies.get(backend.get()).handle(request);
  }

  /** Where the next request would begin, nobody can tell: the connection ends. */
  private static void refuse(HttpServerRequest request) {
    request.response().endHandler(answered -> request.connection().close());
    Problems.answer(request, ErrorCode.BAD_REQUEST, "The request is not HTTP within the limits.");
  }

  /** RFC 9112, 3.2; only requests of HTTP/1.0 may name none. */
  private static boolean namesOneHost(HttpServerRequest request) {
    int named = request.headers().getAll(HttpHeaders.HOST).size();
    return named == 0
        ? request.version() == HttpVersion.HTTP_1_0
        : named == 1 && request.authority() != null;
  }

  private HttpProxy proxy(
      HttpClient client, GatewayRoutes.Backend backend, Optional<OpenTelemetry> telemetry) {
    URI origin = settings.of(backend);
    HttpProxy proxy = HttpProxy.reverseProxy(client);
    telemetry.ifPresent(
        open ->
            proxy.addInterceptor(new GatewayTrace(open, backend.name().toLowerCase(Locale.ROOT))));
    return proxy
        .originRequestProvider(
            (request, http) ->
                http.request(
                    new RequestOptions()
                        .setHost(origin.getHost())
                        .setPort(origin.getPort())
                        .setConnectTimeout(GatewaySettings.CONNECT_TIMEOUT.toMillis())
                        .setIdleTimeout(settings.answerTimeout().toMillis())))
        .addInterceptor(new Forwarding());
  }

  private static HttpServerOptions serverOptions() {
    return new HttpServerOptions()
        .setHttp2ClearTextEnabled(false)
        .setMaxHeaderSize(GatewaySettings.MAX_HEADER_BYTES)
        .setMaxInitialLineLength(GatewaySettings.MAX_TARGET_BYTES)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setIdleTimeout((int) GatewaySettings.IDLE_TIMEOUT.toSeconds());
  }

  private static HttpClientOptions clientOptions() {
    return new HttpClientOptions()
        .setMaxPoolSize(GatewaySettings.MAX_CONNECTIONS)
        .setMaxWaitQueueSize(GatewaySettings.MAX_WAITING)
        .setConnectTimeout((int) GatewaySettings.CONNECT_TIMEOUT.toMillis())
        .setKeepAliveTimeout((int) GatewaySettings.IDLE_TIMEOUT.toSeconds());
  }
}
