package dev.nofate.checks.kubernetes;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who may open a connection to whom, as the policies of a rendering together say. */
final class Edges {

  private final List<NetworkPolicy> policies;
  private final Map<String, Map<String, String>> pods = new LinkedHashMap<>();

  Edges(Manifests manifests) {
    policies = manifests.of(NetworkPolicy.class);
    manifests.pods().forEach((name, pod) -> pods.put(name, pod.getMetadata().getLabels()));
    pods.put("postgres", Map.of("cnpg.io/cluster", "postgres"));
    pods.put("postgres-pooler", Map.of("app.kubernetes.io/name", "postgres-pooler"));
    pods.put("acme-solver", Map.of("acme.cert-manager.io/http01-solver", "true"));
    pods.put("stranger", Map.of("app.kubernetes.io/name", "stranger"));
  }

  /** {@code from -> to:port} for every connection that is allowed. */
  Set<String> allowed() {
    Set<String> edges = new TreeSet<>();
    pods.forEach(
        (from, fromLabels) -> {
          for (NetworkPolicy policy : selecting(fromLabels)) {
            policy
                .getSpec()
                .getEgress()
                .forEach(rule -> outwards(from, rule.getTo(), rule.getPorts(), edges));
          }
        });
    pods.forEach(
        (to, toLabels) -> {
          for (NetworkPolicy policy : selecting(toLabels)) {
            policy
                .getSpec()
                .getIngress()
                .forEach(rule -> inwards(to, rule.getFrom(), rule.getPorts(), edges));
          }
        });
    return edges;
  }

  /**
   * Whether nothing but listed connections is possible: a policy without a selector for each way.
   */
  boolean deniesByDefault() {
    return policies.stream()
        .map(NetworkPolicy::getSpec)
        .anyMatch(
            spec ->
                isEmpty(spec.getPodSelector())
                    && spec.getPolicyTypes().containsAll(List.of("Ingress", "Egress"))
                    && spec.getIngress().isEmpty()
                    && spec.getEgress().isEmpty());
  }

  private void outwards(
      String from,
      List<NetworkPolicyPeer> peers,
      List<NetworkPolicyPort> ports,
      Set<String> edges) {
    for (NetworkPolicyPeer peer : requirePeers(peers)) {
      if (peer.getIpBlock() != null) {
        add(edges, from, "net " + peer.getIpBlock().getCidr(), ports);
      } else if (peer.getNamespaceSelector() != null) {
        add(edges, from, "ns " + namespace(peer), ports);
      } else {
        pods.forEach(
            (to, labels) -> {
              if (selects(peer.getPodSelector(), labels)) {
                for (NetworkPolicyPort port : requirePorts(ports)) {
                  if (accepts(to, from, port.getPort())) {
                    edges.add(from + " -> " + to + ":" + number(port));
                  }
                }
              }
            });
      }
    }
  }

  private void inwards(
      String to, List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports, Set<String> edges) {
    for (NetworkPolicyPeer peer : requirePeers(peers)) {
      if (peer.getNamespaceSelector() != null) {
        for (NetworkPolicyPort port : requirePorts(ports)) {
          edges.add("ns " + namespace(peer) + " -> " + to + ":" + number(port));
        }
      }
    }
  }

  private boolean accepts(String to, String from, IntOrString port) {
    return selecting(pods.get(to)).stream()
        .flatMap(policy -> policy.getSpec().getIngress().stream())
        .filter(rule -> rule.getPorts().stream().anyMatch(p -> p.getPort().equals(port)))
        .flatMap(rule -> rule.getFrom().stream())
        .anyMatch(
            peer ->
                peer.getPodSelector() != null
                    && peer.getNamespaceSelector() == null
                    && selects(peer.getPodSelector(), pods.get(from)));
  }

  private List<NetworkPolicy> selecting(Map<String, String> labels) {
    return policies.stream().filter(p -> selects(p.getSpec().getPodSelector(), labels)).toList();
  }

  private static boolean selects(LabelSelector selector, Map<String, String> labels) {
    if (!selector.getMatchExpressions().isEmpty()) {
      throw new IllegalStateException("only matchLabels are read here");
    }
    return isEmpty(selector) || labels.entrySet().containsAll(selector.getMatchLabels().entrySet());
  }

  private static boolean isEmpty(LabelSelector selector) {
    return selector.getMatchLabels() == null || selector.getMatchLabels().isEmpty();
  }

  private static String namespace(NetworkPolicyPeer peer) {
    String name = peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name");
    if (name == null) {
      throw new IllegalStateException("a namespace is selected by something else than its name");
    }
    return name;
  }

  private static void add(
      Set<String> edges, String from, String to, List<NetworkPolicyPort> ports) {
    requirePorts(ports).forEach(port -> edges.add(from + " -> " + to + ":" + number(port)));
  }

  private static int number(NetworkPolicyPort port) {
    return port.getPort().getIntVal();
  }

  /** No peers means everybody. */
  private static List<NetworkPolicyPeer> requirePeers(List<NetworkPolicyPeer> peers) {
    if (peers == null || peers.isEmpty()) {
      throw new IllegalStateException("a rule names nobody, which lets everybody through");
    }
    if (peers.stream().anyMatch(p -> p.getPodSelector() != null && isEmpty(p.getPodSelector()))) {
      throw new IllegalStateException("a rule selects every pod");
    }
    return peers;
  }

  /** No ports means all. */
  private static List<NetworkPolicyPort> requirePorts(List<NetworkPolicyPort> ports) {
    if (ports == null || ports.isEmpty()) {
      throw new IllegalStateException("a rule names no port, which opens all");
    }
    return ports;
  }
}
