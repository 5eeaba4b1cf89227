package dev.nofate.checks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.nofate.checks.GatewayPaths;
import dev.nofate.checks.LongAnswers;
import dev.nofate.checks.Repository;
import dev.nofate.checks.Yaml;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.compression.brotli.compressor.v3.Brotli;
import io.envoyproxy.envoy.extensions.compression.gzip.compressor.v3.Gzip;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.compressor.v3.Compressor;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envoy's configuration read into Envoy's own messages: an unknown field or type is a fault. */
class EnvoyTest {

  private static final TypeRegistry TYPES =
      TypeRegistry.newBuilder()
          .add(
              Stream.of(
                      HttpConnectionManager.getDescriptor(),
                      DownstreamTlsContext.getDescriptor(),
                      LocalRateLimit.getDescriptor(),
                      Buffer.getDescriptor(),
                      Compressor.getDescriptor(),
                      Gzip.getDescriptor(),
                      Brotli.getDescriptor(),
                      Router.getDescriptor(),
                      DownstreamConnectionsConfig.getDescriptor())
                  .toList())
          .build();

  private final Bootstrap bootstrap = read();
  private final HttpConnectionManager http = http();

  @Test
  void routesThePathsOfTheDevelopmentGatewayAndNoOther() {
    Map<String, String> routed = new LinkedHashMap<>();
    List<Route> prefixes =
        routes().stream().filter(r -> r.getMatch().hasPathSeparatedPrefix()).toList();
    prefixes.forEach(route -> routed.put(prefix(route), route.getRoute().getCluster()));
    assertThat(routed).isEqualTo(GatewayPaths.prefixes());
    assertThat(prefixes).hasSameSizeAs(GatewayPaths.prefixes().keySet());
  }

  @Test
  void longAnswersHaveRoutesOfTheirOwnInFrontOfAllPrefixes() {
    List<Route> first = routes().subList(0, LongAnswers.BY_PATH.size());
    Map<String, LongAnswers.Bounds> bounds = new LinkedHashMap<>();
    for (Route route : first) {
      RouteMatch match = route.getMatch();
      bounds.put(
          match.hasSafeRegex() ? match.getSafeRegex().getRegex() : match.getPath(),
          new LongAnswers.Bounds(
              route.getRoute().getCluster(),
              (int) route.getRoute().getTimeout().getSeconds(),
              (int) route.getRoute().getIdleTimeout().getSeconds()));
    }
    assertThat(bounds).isEqualTo(LongAnswers.BY_PATH);
    routes().stream()
        .skip(LongAnswers.BY_PATH.size())
        .forEach(r -> assertThat(r.getRoute().getTimeout().getSeconds()).isEqualTo(30));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/audit/export, audit-service",
    "/v1/audit/exports, audit-service",
    "/v1/auditors, gate-service",
    "/v1/rulesets/payments.transfer/backtest, gate-service",
    "/console/audit/export, gate-service",
    "/v1/billing, billing-service",
    "/webhooks/stripe, billing-service",
    "/webhooks/stripes, ",
    "/.well-known/no-fate/audit-keys, audit-service",
    "/.well-known/no-fate/audit-keysx, gate-service",
    "/internal/callers, ",
    "/q/health/ready, ",
    "/q/metrics, ",
    "/v1;x/audit, ",
    "/, "
  })
  void theFirstRouteThatCoversAPathCounts(String path, String cluster) {
    assertThat(
            routes().stream()
                .filter(r -> covers(r, path))
                .map(r -> r.getRoute().getCluster())
                .findFirst()
                .orElse(null))
        .isEqualTo(cluster);
  }

  @Test
  void aPathHasOneSpellingAndABodyABound() throws InvalidProtocolBufferException {
    assertThat(http.getNormalizePath().getValue()).isTrue();
    assertThat(http.getPathWithEscapedSlashesAction())
        .isEqualTo(PathWithEscapedSlashesAction.REJECT_REQUEST);
    assertThat(http.getUseRemoteAddress().getValue()).isTrue();
    assertThat(filter("envoy.filters.http.buffer", Buffer.class).getMaxRequestBytes().getValue())
        .isEqualTo(2 * 1024 * 1024);
    assertThat(
            filter("envoy.filters.http.local_ratelimit", LocalRateLimit.class)
                .getTokenBucket()
                .getMaxTokens())
        .isPositive();
    assertThat(http.getHttpFilters(http.getHttpFiltersCount() - 1).getName())
        .isEqualTo("envoy.filters.http.router");
    assertThat(bootstrap.hasAdmin()).isFalse();
  }

  @Test
  void aTenantsKeyLeadsToOneReplica() {
    for (Cluster cluster : bootstrap.getStaticResources().getClustersList()) {
      if (!cluster.getName().equals("billing-service")) {
        assertThat(cluster.getLbPolicy()).isEqualTo(Cluster.LbPolicy.RING_HASH);
      }
      assertThat(cluster.getConnectTimeout().getSeconds()).isEqualTo(2);
      assertThat(cluster.getCircuitBreakers().getThresholdsList()).hasSize(1);
    }
    routes().stream()
        .filter(route -> !route.getRoute().getCluster().equals("billing-service"))
        .forEach(
            route ->
                assertThat(route.getRoute().getHashPolicy(0).getHeader().getHeaderName())
                    .isEqualTo("x-api-key"));
  }

  private List<Route> routes() {
    return http.getRouteConfig().getVirtualHosts(0).getRoutesList();
  }

  private static String prefix(Route route) {
    return route.getMatch().getPathSeparatedPrefix();
  }

  private static boolean covers(Route route, String path) {
    RouteMatch match = route.getMatch();
    return match.hasSafeRegex()
        ? path.matches(match.getSafeRegex().getRegex())
        : path.equals(match.hasPath() ? match.getPath() : prefix(route))
            || match.hasPathSeparatedPrefix() && path.startsWith(prefix(route) + "/");
  }

  private <T extends Message> T filter(String name, Class<T> type)
      throws InvalidProtocolBufferException {
    Any config =
        http.getHttpFiltersList().stream()
            .filter(filter -> filter.getName().equals(name))
            .findFirst()
            .orElseThrow()
            .getTypedConfig();
    return config.unpack(type);
  }

  private HttpConnectionManager http() {
    Filter filter = bootstrap.getStaticResources().getListeners(0).getFilterChains(0).getFilters(0);
    try {
      return filter.getTypedConfig().unpack(HttpConnectionManager.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Bootstrap read() {
    String json = Yaml.tree(Repository.path("deploy/docker/envoy/envoy.yaml")).toString();
    Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
    try {
      JsonFormat.parser().usingTypeRegistry(TYPES).merge(json, bootstrap);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("envoy.yaml: " + e.getMessage(), e);
    }
    return bootstrap.build();
  }
}
