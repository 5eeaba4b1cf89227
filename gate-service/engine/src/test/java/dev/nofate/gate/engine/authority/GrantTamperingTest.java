package dev.nofate.gate.engine.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.engine.json.JsonLimits;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GrantTamperingTest {

  private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
  private static final GrantDemand DEMAND = new GrantDemand("tenant-1", "sha256:abc", AT);
  private static final String CLAIMS =
      "{\"action\":\"wire\",\"tenant\":\"tenant-1\",\"exp\":%d}"
          .formatted(AT.getEpochSecond() + 60);

  private final GrantVerifier verifier =
      new GrantVerifier(
          new AuthorityPolicy(true, "wire", List.of(Signer.EDDSA.key(), Signer.ES256.key())),
          JsonLimits.defaults(),
          4);

  @Property(tries = 400)
  void aTokenWithAnyOneCharacterChangedIsRefused(
      @ForAll Signer signer, @ForAll @IntRange(min = 0, max = 10_000) int place, @ForAll char by) {
    String good = signer.root(CLAIMS);
    int at = place % good.length();
    String changed = good.substring(0, at) + by + good.substring(at + 1);
    assertThat(verifier.authorise(List.of(changed), DEMAND)).isEqualTo(by == good.charAt(at));
  }
}
