package dev.nofate.gate.engine.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.engine.json.JsonLimits;
import dev.nofate.gate.engine.json.Octets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DelegationTest {

  private static final int DELEGATIONS = 4;
  private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
  private static final long NOW = AT.getEpochSecond();
  private static final String DIGEST = Octets.ofUtf8("{}").sha256();
  private static final String OTHER_DIGEST = Octets.ofUtf8("[]").sha256();
  private static final GrantDemand DEMAND = new GrantDemand("tenant-1", DIGEST, AT);
  private static final String EXP = "\"exp\":%d".formatted(NOW + 60);

  private final GrantVerifier verifier =
      new GrantVerifier(
          new AuthorityPolicy(true, "wire", List.of(Signer.EDDSA.key(), Signer.ES256.key())),
          JsonLimits.defaults(),
          DELEGATIONS);

  static Stream<Arguments> pairs() {
    return Stream.of(Signer.values())
        .flatMap(root -> Stream.of(Signer.values()).map(delegate -> Arguments.of(root, delegate)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aDelegateAuthorisesWithTheGrantItWasHandedInAnyOrder(Signer root, Signer delegate) {
    String parent = root.root(handedTo(delegate, 1, EXP));
    String child = delegate.delegated(claims(EXP, parent));
    assertThat(accepts(parent, child)).isTrue();
    assertThat(accepts(child, parent)).isTrue();
    assertThat(accepts("a.b.c", child, parent, parent)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aGrantThatIsHandedOnAuthorisesNothingItself(Signer root, Signer delegate) {
    String parent = root.root(handedTo(delegate, 1, EXP));
    assertThat(accepts(parent)).isFalse();
    String link =
        delegate.delegated(handedTo(delegate, 1, EXP, root.root(handedTo(delegate, 2, EXP))));
    assertThat(accepts(parent, link)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aDelegatedGrantNeedsTheVeryGrantItNames(Signer root, Signer delegate) {
    String parent = root.root(handedTo(delegate, 1, EXP));
    String other = root.root(handedTo(delegate, 2, EXP));
    String child = delegate.delegated(claims(EXP, parent));
    assertThat(accepts(child)).isFalse();
    assertThat(accepts(child, other)).isFalse();
    assertThat(accepts(child, parent.substring(0, parent.length() - 1))).isFalse();
    assertThat(accepts(delegate.delegated(claims(EXP)), parent)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void onlyTheKeyTheParentNamesSignsTheNextLink(Signer root, Signer delegate) {
    String parent = root.root(handedTo(delegate, 1, EXP));
    assertThat(accepts(parent, root.root(claims(EXP, parent)))).isFalse();
    assertThat(accepts(parent, delegate.root(claims(EXP, parent)))).isFalse();
    assertThat(accepts(parent, delegate.other().delegated(claims(EXP, parent)))).isFalse();
    String elsewhere = delegate.delegated(handedTo(delegate, 1, EXP));
    assertThat(accepts(elsewhere, delegate.delegated(claims(EXP, elsewhere)))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void scopesOnlyNarrow(Signer signer) {
    String begins = ",\"nbf\":%d".formatted(NOW - 10);
    String bound = ",\"proposal_digest\":\"" + DIGEST + "\"";
    assertThat(chain(signer, EXP, exp(60))).isTrue();
    assertThat(chain(signer, EXP, exp(59))).isTrue();
    assertThat(chain(signer, EXP, exp(61))).isFalse();
    assertThat(chain(signer, EXP + begins, EXP)).isTrue();
    assertThat(chain(signer, EXP + begins, EXP + begins)).isTrue();
    assertThat(chain(signer, EXP + begins, EXP + ",\"nbf\":%d".formatted(NOW - 11))).isFalse();
    assertThat(chain(signer, EXP, EXP + begins)).isTrue();
    assertThat(chain(signer, EXP + bound, EXP)).isTrue();
    assertThat(chain(signer, EXP + bound, EXP + bound)).isTrue();
    assertThat(chain(signer, EXP, EXP + bound)).isTrue();
    assertThat(chain(signer, EXP + bound, EXP + bound.replace(DIGEST, OTHER_DIGEST))).isFalse();
    assertThat(chain(signer, EXP + bound.replace(DIGEST, OTHER_DIGEST), EXP)).isFalse();
    assertThat(chain(signer, exp(0), exp(0))).isFalse();
    assertThat(chain(signer, EXP + ",\"nbf\":%d".formatted(NOW + 1), EXP)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void anotherActionOrTenantAnywhereInTheChainIsRefused(Signer signer) {
    for (String change : List.of("wire>refund", "tenant-1>tenant-2")) {
      String[] parts = change.split(">", -1);
      String parent = handedTo(signer, 1, EXP);
      String odd = signer.root(parent.replace(parts[0], parts[1]));
      assertThat(accepts(odd, signer.delegated(claims(EXP, odd)))).isFalse();
      String good = signer.root(parent);
      String child = claims(EXP, good).replace(parts[0], parts[1]);
      assertThat(accepts(good, signer.delegated(child))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChainEndsAtItsNamedDepth(Signer signer) {
    assertThat(accepts(links(signer, DELEGATIONS, DELEGATIONS))).isTrue();
    assertThat(accepts(links(signer, DELEGATIONS, DELEGATIONS + 1))).isFalse();
    assertThat(accepts(links(signer, DELEGATIONS + 1, DELEGATIONS + 1))).isFalse();
    assertThat(accepts(links(signer, DELEGATIONS + 1, 1))).isFalse();
    assertThat(accepts(links(signer, 1, 2))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void theRemainingDepthOnlyFalls(Signer signer) {
    String root = signer.root(handedTo(signer, 2, EXP));
    for (int depth : List.of(1, 2, 3)) {
      String link = signer.delegated(handedTo(signer, depth, EXP, root));
      String leaf = signer.delegated(claims(EXP, link));
      assertThat(accepts(root, link, leaf)).isEqualTo(depth == 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyToHandOnToIsPublicUsableAndComesWithADepth(Signer signer) {
    String good = handedTo(signer, 1, EXP);
    String depth = ",\"max_depth\":1";
    for (String claims :
        List.of(
            good.replace(depth, ""),
            good.replace(depth, ",\"max_depth\":0"),
            good.replace(depth, ",\"max_depth\":1.5"),
            good.replace(depth, ",\"max_depth\":\"1\""),
            good.replace(depth, ",\"max_depth\":4294967297"),
            good.replace("{\"jwk\":", "{\"kid\":\"x\",\"jwk\":"),
            good.replace("{\"jwk\":", "{\"jku\":"),
            good.replaceAll("\"x\":\"[^\"]*\"", "\"x\":\"" + "A".repeat(43) + "\""),
            good.replaceAll("\"kid\":\"[^\"]*\",", ""),
            good.replace("\"kty\"", "\"d\":\"" + "A".repeat(43) + "\",\"kty\""),
            good.replace("\"cnf\":{\"jwk\":", "\"cnf\":[").replace("}}", "}]"))) {
      assertThat(claims).isNotEqualTo(good);
      String parent = signer.root(claims);
      assertThat(accepts(parent, signer.delegated(claims(EXP, parent)))).as(claims).isFalse();
      assertThat(accepts(parent)).as(claims).isFalse();
    }
    assertThat(accepts(signer.root(claims(EXP + depth)))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aParentIsNamedByADigestAlone(Signer signer) {
    String parent = signer.root(handedTo(signer, 1, EXP));
    String digest = Octets.ofUtf8(parent).sha256();
    for (String named :
        List.of(
            "\"" + digest.substring(7) + "\"",
            "\"" + digest.toUpperCase(java.util.Locale.ROOT) + "\"",
            "\"" + parent.substring(0, 40) + "\"",
            "[\"" + digest + "\"]",
            "null")) {
      assertThat(accepts(parent, signer.delegated(claims(EXP + ",\"parent\":" + named))))
          .as(named)
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWideFanIsLookedAtOnceATokenAndTheOneGoodGrantIsFound(Signer signer) {
    String root = signer.root(handedTo(signer, 4, EXP));
    List<String> tokens = new ArrayList<>(List.of(root));
    for (int i = 0; i < 14; i++) {
      tokens.add(signer.root(claims(EXP + ",\"jti\":\"%d\"".formatted(i), root)));
    }
    assertThat(accepts(tokens.toArray(String[]::new))).isFalse();
    tokens.add(signer.delegated(claims(EXP, root)));
    Collections.reverse(tokens);
    assertThat(accepts(tokens.toArray(String[]::new))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void grantsThatNameOneAnotherOrThemselvesLeadNowhere(Signer signer) {
    String lost = signer.delegated(handedTo(signer, 3, EXP, "nobody's"));
    String next = signer.delegated(handedTo(signer, 2, EXP, lost));
    String last = signer.delegated(claims(EXP, next));
    assertThat(accepts(lost, next, last, last, next, lost)).isFalse();
  }

  private boolean chain(Signer signer, String parentClaims, String childClaims) {
    String parent = signer.root(handedTo(signer, 1, parentClaims));
    return accepts(parent, signer.delegated(claims(childClaims, parent)));
  }

  /** A root that allows {@code depth}, and {@code count} links below it. */
  private static String[] links(Signer signer, int depth, int count) {
    List<String> tokens = new ArrayList<>();
    tokens.add(signer.root(handedTo(signer, depth, EXP)));
    for (int i = 1; i < count; i++) {
      tokens.add(
          signer.delegated(
              handedTo(signer, Math.max(1, depth - i), EXP, tokens.get(tokens.size() - 1))));
    }
    tokens.add(signer.delegated(claims(EXP, tokens.get(tokens.size() - 1))));
    return tokens.toArray(String[]::new);
  }

  private boolean accepts(String... tokens) {
    return verifier.authorise(List.of(tokens), DEMAND);
  }

  private static String exp(int seconds) {
    return "\"exp\":%d".formatted(NOW + seconds);
  }

  private static String handedTo(Signer delegate, int depth, String more) {
    return claims(more + ",\"cnf\":{\"jwk\":" + delegate.delegateJwk + "},\"max_depth\":" + depth);
  }

  private static String handedTo(Signer delegate, int depth, String more, String parent) {
    return handedTo(delegate, depth, more + parentClaim(parent));
  }

  private static String claims(String more, String parent) {
    return claims(more + parentClaim(parent));
  }

  private static String parentClaim(String parent) {
    return ",\"parent\":\"" + Octets.ofUtf8(parent).sha256() + "\"";
  }

  private static String claims(String more) {
    return "{\"action\":\"wire\",\"tenant\":\"tenant-1\"," + more + "}";
  }
}
