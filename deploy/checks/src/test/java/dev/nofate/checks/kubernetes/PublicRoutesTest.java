package dev.nofate.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.checks.GatewayPaths;
import dev.nofate.checks.LongAnswers;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublicRoutesTest {

  static Stream<Manifests> overlays() {
    return Manifests.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void areThePathsThatTheDevelopmentGatewayForwards(Manifests manifests) {
    Map<String, String> routed = new HashMap<>();
    for (HTTPRoute route : manifests.of(HTTPRoute.class)) {
      for (HTTPRouteRule rule : route.getSpec().getRules()) {
        for (HTTPRouteMatch match : rule.getMatches()) {
          String backend = rule.getBackendRefs().get(0).getName();
          if (match.getPath().getType().equals("PathPrefix")) {
            assertThat(routed.put(match.getPath().getValue(), backend)).isNull();
          }
        }
      }
    }
    assertThat(routed).isEqualTo(GatewayPaths.prefixes());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void everyRouteWithBackendsHasBoundsOnSizeRateAndTime(Manifests manifests) {
    Set<String> bounded = new HashSet<>();
    manifests
        .of("BackendTrafficPolicy")
        .forEach(policy -> bounded.add(policy.at("/spec/targetRefs/0/name").asText()));
    for (HTTPRoute route : manifests.of(HTTPRoute.class)) {
      for (HTTPRouteRule rule : route.getSpec().getRules()) {
        if (!rule.getBackendRefs().isEmpty()) {
          assertThat(bounded).contains(route.getMetadata().getName());
          for (HTTPRouteMatch match : rule.getMatches()) {
            LongAnswers.Bounds bounds = LongAnswers.BY_PATH.get(match.getPath().getValue());
            assertThat(rule.getTimeouts().getRequest())
                .as(match.getPath().getValue())
                .isEqualTo(bounds == null ? "30s" : bounds.whole() + "s");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void longAnswersHaveRoutesOfTheirOwn(Manifests manifests) {
    Map<String, String> routed = new HashMap<>();
    for (HTTPRoute route : manifests.of(HTTPRoute.class)) {
      for (HTTPRouteRule rule : route.getSpec().getRules()) {
        for (HTTPRouteMatch match : rule.getMatches()) {
          String type = match.getPath().getType();
          String path = match.getPath().getValue();
          if (!type.equals("PathPrefix")) {
            assertThat(type).isEqualTo(LongAnswers.isPlain(path) ? "Exact" : "RegularExpression");
            routed.put(path, rule.getBackendRefs().get(0).getName());
          }
        }
      }
    }
    assertThat(routed).isEqualTo(LongAnswers.services());
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void weightsAddUpAndTheCanaryGetsATenth(Manifests manifests) {
    Map<String, Integer> weights = new HashMap<>();
    manifests.of(HTTPRoute.class).stream()
        .filter(route -> route.getMetadata().getName().equals("gate-service"))
        .flatMap(route -> route.getSpec().getRules().get(0).getBackendRefs().stream())
        .forEach(backend -> weights.put(backend.getName(), backend.getWeight()));
    assertThat(weights)
        .isEqualTo(
            manifests.overlay().equals("production-canary")
                ? Map.of("gate-service", 90, "gate-service-canary", 10)
                : Map.of("gate-service", 100));
  }
}
