package dev.nofate.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The edges of the architecture, what carries them, and no other. */
class NetworkEdgesTest {

  private static final List<String> GATES = List.of("gate-service", "gate-service-canary");

  /** Among the suite's own pods. */
  private static final List<String> INSIDE =
      List.of(
          "GATE -> audit-service:8080",
          "GATE -> billing-service:8080",
          "audit-service -> GATE:8080",
          "billing-service -> GATE:8080",
          "meter-worker -> audit-service:8080",
          "meter-worker -> billing-service:8080",
          "invoice-worker -> audit-service:8080",
          "invoice-worker -> billing-service:8080",
          "GATE -> postgres-pooler:5432",
          "audit-service -> postgres-pooler:5432",
          "billing-service -> postgres-pooler:5432",
          "GATE -> redis:6379",
          "GATE -> redis:26379",
          "billing-service -> redis:6379",
          "billing-service -> redis:26379",
          "redis -> redis:6379",
          "redis -> redis:26379",
          "gate-service-migration -> postgres:5432",
          "audit-service-migration -> postgres:5432",
          "billing-service-migration -> postgres:5432",
          "postgres-pooler -> postgres:5432",
          "postgres -> postgres:5432",
          "postgres -> postgres:8000");

  /** From and to what lies outside. */
  private static final List<String> OUTSIDE =
      List.of(
          "ns envoy-gateway-system -> GATE:8080",
          "ns envoy-gateway-system -> audit-service:8080",
          "ns envoy-gateway-system -> billing-service:8080",
          "ns envoy-gateway-system -> acme-solver:8089",
          "ns observability -> GATE:8080",
          "ns observability -> audit-service:8080",
          "ns observability -> billing-service:8080",
          "ns observability -> meter-worker:8080",
          "ns observability -> invoice-worker:8080",
          "ns observability -> postgres:9187",
          "ns observability -> postgres-pooler:9127",
          "ns cnpg-system -> postgres:5432",
          "ns cnpg-system -> postgres:8000",
          "GATE -> net 0.0.0.0/0:443",
          "billing-service -> net 0.0.0.0/0:443",
          "postgres -> net 0.0.0.0/0:443",
          "postgres -> net 0.0.0.0/0:6443",
          "postgres -> net 10.0.0.0/8:443",
          "postgres -> net 10.0.0.0/8:6443",
          "postgres-pooler -> net 10.0.0.0/8:443",
          "postgres-pooler -> net 10.0.0.0/8:6443");

  static Stream<Manifests> overlays() {
    return Manifests.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void noOtherConnectionIsPossible(Manifests manifests) {
    Edges edges = new Edges(manifests);
    assertThat(edges.deniesByDefault()).isTrue();
    Set<String> drawn = new TreeSet<>();
    Stream.concat(INSIDE.stream(), OUTSIDE.stream())
        .forEach(edge -> GATES.forEach(gate -> drawn.add(edge.replace("GATE", gate))));
    if (!manifests.overlay().equals("production-canary")) {
      drawn.removeIf(edge -> edge.contains("canary"));
    }
    Set<String> allowed = edges.allowed();
    // Names and traces go out from everybody.
    allowed.removeIf(edge -> edge.matches(".* -> ns (kube-system:53|observability:4317)"));
    assertThat(allowed).isEqualTo(drawn);
  }
}
