package dev.nofate.gate.engine.vectors;

import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.engine.TestGrants;
import dev.nofate.gate.engine.json.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;

/** Cases of ES256 and of delegation. ES256 signatures are drawn, so those tokens stand here. */
final class DelegationCases {

  private static final String ES256 =
      "eyJhbGciOiJFUzI1NiIsImtpZCI6InRyZWFzdXJ5LWVjIn0.eyJhY3Rpb24iOiJ3aXJlIiwidGVuYW50Ijoi"
          + "MDE5MmYwYzEtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAxIiwiZXhwIjoxNzk1NDMyMDAwfQ.Q6d6CjVMZ"
          + "c8AQNhAuZcbF6_NXoeQrlZRx_xRygonMssq8n4QYRFCS57XZAvGPPfQkzCHKvuZJ1gBM6nBa9zaZg";

  /** Hands on to the Ed25519 key of a delegate, one link. */
  private static final String ES256_ROOT =
      "eyJhbGciOiJFUzI1NiIsImtpZCI6InRyZWFzdXJ5LWVjIn0.eyJhY3Rpb24iOiJ3aXJlIiwidGVuYW50Ijoi"
          + "MDE5MmYwYzEtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAxIiwiZXhwIjoxNzk1NDMyMDAwLCJjbmYiOnsi"
          + "andrIjp7Imt0eSI6Ik9LUCIsImNydiI6IkVkMjU1MTkiLCJraWQiOiJhZ2VudC1lZCIsIngiOiJQVUFYdy1o"
          + "RGlWcVN0d3FuVFJ0LXZKeVlMTTh1eEphTXdNMVY4U3IwWmd3In19LCJtYXhfZGVwdGgiOjF9.-XlTA43gemY"
          + "6Zij4X-g7HFM0ved2kxajTU1Gc98ehI_F6VPOdNXQ04OGf0O0M3_1j1aAlS2Y0bmIQP5AtY8ZJA";

  /** Of the P-256 delegate, below the EdDSA root that hands on one link. */
  private static final String ES256_LEAF =
      "eyJhbGciOiJFUzI1NiIsImtpZCI6ImFnZW50LWVjIn0.eyJhY3Rpb24iOiJ3aXJlIiwidGVuYW50IjoiMDE5"
          + "MmYwYzEtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAxIiwiZXhwIjoxNzk1NDMyMDAwLCJwYXJlbnQiOiJz"
          + "aGEyNTY6Y2FmNWFiMDVhMmY2NmUzZmNmNDUzZDZiZWM2YzE0MWE0NGUxODkxZjEzMmVjMWVhY2QyYmVkMmQ5"
          + "NWEwNWEwNSJ9.GjPKxArpeJ6UA9PsVJJKyy5CsQfGnePBopYIvPMpfnsy41upbGHGBnyL7q0fg6UUVfRVVfO"
          + "XAtQCD4rFcDe5qg";

  private final List<VectorCase> cases = new ArrayList<>();

  private DelegationCases() {}

  static List<VectorCase> all() {
    DelegationCases made = new DelegationCases();
    made.alone();
    made.delegated();
    made.refused();
    return List.copyOf(made.cases);
  }

  private void alone() {
    wire("an ES256 grant", null, ES256);
    wire("an ES256 grant cut short", ReasonCode.AUTHORITY_REJECTED, cut(ES256));
    wire("a grant that is handed on, alone", ReasonCode.AUTHORITY_REJECTED, root(1, ""));
  }

  private void delegated() {
    String root = root(1, "");
    wire("a grant used by the one it was handed on to", null, root, leaf(root, ""));
    wire("a chain in another order, beside text that is no grant", null, "x", leaf(root, ""), root);
    wire("an EdDSA grant handed on to a P-256 key", null, primeRoot(), ES256_LEAF);
    wire("an ES256 grant handed on to an Ed25519 key", null, ES256_ROOT, leaf(ES256_ROOT, ""));
    String first = root(2, "");
    String second = link(first, 1);
    wire("a chain of two delegations", null, first, second, leaf(second, ""));
    wire("a chain as deep as the limit", null, chain(4, 3, 2, 1));
    String bound = digest("{\"amount\":1}");
    wire("a delegate bound to the proposal", null, root, leaf(root, bound));
  }

  private void refused() {
    ReasonCode rejected = ReasonCode.AUTHORITY_REJECTED;
    String root = root(1, "");
    wire("a delegated grant without the one it names", rejected, leaf(root, ""));
    wire(
        "a delegated grant beside another one than it names",
        rejected,
        root(2, ""),
        leaf(root, ""));
    wire(
        "a delegated grant that holds longer than the one it names",
        rejected,
        root,
        leafUntil(root, 1_795_432_001L));
    wire(
        "a delegated grant signed by a key of the ruleset",
        rejected,
        root,
        TestGrants.edDsa(claims(1_795_432_000L, parent(root))));
    wire(
        "a delegate of a grant that is bound to another proposal",
        rejected,
        root(1, digest("{\"amount\":2}")),
        leaf(root(1, digest("{\"amount\":2}")), ""));
    String second = link(root, 1);
    wire("a chain longer than its root allows", rejected, root, second, leaf(second, ""));
    wire(
        "a grant that allows more links than the limit",
        rejected,
        root(5, ""),
        leaf(root(5, ""), ""));
    wire("a chain deeper than the limit", rejected, chain(5, 4, 3, 2, 1));
    wire(
        "a chain whose last link hands on as far as the one before",
        rejected,
        chain(4, 3, 2, 1, 1));
  }

  /** A root and links that hand on as far as stated, and the grant of the last one. */
  private static String[] chain(int... depths) {
    List<String> grants = new ArrayList<>(List.of(root(depths[0], "")));
    for (int i = 1; i < depths.length; i++) {
      grants.add(link(grants.get(i - 1), depths[i]));
    }
    grants.add(leaf(grants.get(grants.size() - 1), ""));
    return grants.toArray(String[]::new);
  }

  private static String root(int depth, String more) {
    return TestGrants.edDsa(claims(1_795_432_000L, more + to(TestGrants.ED25519_DELEGATE, depth)));
  }

  private static String primeRoot() {
    return TestGrants.edDsa(claims(1_795_432_000L, to(TestGrants.P256_DELEGATE, 1)));
  }

  private static String link(String from, int depth) {
    return delegate(claims(1_795_432_000L, parent(from) + to(TestGrants.ED25519_DELEGATE, depth)));
  }

  private static String leaf(String from, String more) {
    return delegate(claims(1_795_432_000L, parent(from) + more));
  }

  private static String leafUntil(String from, long expires) {
    return delegate(claims(expires, parent(from)));
  }

  private static String delegate(String claims) {
    JsonWebKey key = TestGrants.ed25519Delegate();
    return TestGrants.sign(Map.of("alg", "EdDSA", "kid", key.getKeyId()), claims, key);
  }

  private static String to(String jwk, int depth) {
    return ",\"cnf\":{\"jwk\":" + jwk + "},\"max_depth\":" + depth;
  }

  private static String parent(String token) {
    return ",\"parent\":\"" + Octets.ofUtf8(token).sha256() + "\"";
  }

  private static String digest(String proposal) {
    return ",\"proposal_digest\":\"" + Octets.ofUtf8(proposal).sha256() + "\"";
  }

  private static String claims(long expires, String more) {
    return "{\"action\":\"wire\",\"tenant\":\"%s\",\"exp\":%d%s}"
        .formatted(VectorCases.TENANT, expires, more);
  }

  private static String cut(String token) {
    return token.substring(0, token.length() - 4);
  }

  private void wire(String name, ReasonCode code, String... grants) {
    String array =
        List.of(grants).stream().map(g -> "\"" + g + "\"").collect(Collectors.joining(","));
    cases.add(
        new VectorCase(
            name,
            Optional.of("payments.wire"),
            VectorCases.body(
                "payments.wire", "\"proposal\":{\"amount\":1},\"authority\":[" + array + "]"),
            VectorCases.RECEIVED,
            false,
            code == null ? State.DETERMINISTIC_COMPLIANCE : code.state(),
            Optional.ofNullable(code)));
  }
}
