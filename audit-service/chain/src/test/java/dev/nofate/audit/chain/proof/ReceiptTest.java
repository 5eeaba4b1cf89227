package dev.nofate.audit.chain.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Payload;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.note.SigningKey;
import dev.nofate.audit.chain.note.VerifierKey;
import dev.nofate.audit.chain.proof.ReceiptVerdict.Code;
import dev.nofate.audit.chain.spec.SpecReceipt;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.InclusionProof;
import dev.nofate.audit.chain.tree.NodeId;
import dev.nofate.audit.chain.tree.TreeHash;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * A receipt shows what it shows to two implementations, and nothing once a byte of it is another.
 */
class ReceiptTest {

  private static final UUID TENANT = UUID.fromString("018f3f6e-7c1a-7000-8000-000000000001");
  private static final Origin ORIGIN = new Origin("audit.example.com", TENANT);
  private static final SigningKey SIGNER = signer();
  private static final VerifierKey KEY = SIGNER.verifier(ORIGIN.toString());

  /** A checkpoint as c2sp.org/tlog-checkpoint prints it. */
  private static final String EXAMPLE =
      """
      example.com/behind-the-sofa
      20852163
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
      """;

  @Test
  void showsEveryEventOfAChainToTwoImplementations() {
    for (int seq = 1; seq <= 21; seq++) {
      String text = receipt(21, seq, ORIGIN).toString();
      assertThat(Receipt.parse(text)).hasToString(text);
      assertThat(Receipt.parse(text).verify(List.of(KEY)))
          .isInstanceOfSatisfying(
              ReceiptVerdict.Valid.class,
              valid -> {
                assertThat(valid.checkpoint().size()).isEqualTo(21);
                assertThat(SpecReceipt.envelope(text, KEY.raw()).getBytes(UTF_8))
                    .isEqualTo(valid.event().envelope().canonicalBytes());
              });
    }
  }

  @Property(tries = 400)
  void showsNothingOnceAByteIsAnother(
      @ForAll @IntRange(max = 100_000) int place, @ForAll @IntRange(min = 1, max = 90) int change) {
    Receipt receipt = receipt(13, 1 + place % 13, ORIGIN);
    byte[] bytes = receipt.toString().getBytes(UTF_8);
    int at = place % bytes.length;
    bytes[at] = (byte) (32 + (bytes[at] - 32 + change) % 95);

    assertThat(shown(new String(bytes, UTF_8))).isFalse();
  }

  @Test
  void namesWhyAReceiptShowsNothing() {
    Receipt good = receipt(9, 4, ORIGIN);
    Receipt other = receipt(9, 4, new Origin("audit.example.com", new UUID(1, 1)));
    VerifierKey otherKey =
        SIGNER.verifier(new Origin("audit.example.com", new UUID(1, 1)).toString());

    assertRefused(good, Code.NOT_SIGNED);
    assertRefused(good, Code.NOT_SIGNED, KEY.named("audit.example.com/audit/other"));
    assertRefused(other, Code.OTHER_LOG, otherKey);
    assertRefused(
        new Receipt(good.event(), 4, good.hashes(), good.checkpoint()), Code.OTHER_PLACE, KEY);
    assertRefused(
        new Receipt(good.event(), 3, good.hashes(), receipt(3, 2, ORIGIN).checkpoint()),
        Code.OTHER_PLACE,
        KEY);
    assertRefused(
        new Receipt(good.event(), 3, good.hashes().subList(1, 4), good.checkpoint()),
        Code.NOT_INCLUDED,
        KEY);
  }

  @Test
  void readsTheCheckpointOfTheSpecification() {
    Checkpoint checkpoint = Checkpoint.parse(EXAMPLE);

    assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(checkpoint.size()).isEqualTo(20852163);
    assertThat(checkpoint.text()).isEqualTo(EXAMPLE);
    assertThat(Checkpoint.parse(EXAMPLE + "extension\n").extensions()).containsExactly("extension");
  }

  @Test
  void refusesACheckpointOfAnotherForm() {
    for (String text :
        List.of(
            "",
            "a\n1\n",
            EXAMPLE.replace("20852163", "020852163"),
            EXAMPLE.replace("20852163", "-1"),
            EXAMPLE.replace("20852163", "9007199254740992"),
            EXAMPLE.replace("20852163", "0"),
            EXAMPLE.replace("q2I=", "q2J="),
            EXAMPLE + "\n",
            EXAMPLE.stripTrailing())) {
      assertThatThrownBy(() -> Checkpoint.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void readsAnOriginInOneFormOnly() {
    assertThat(Origin.parse(ORIGIN.toString())).contains(ORIGIN);
    for (String text :
        List.of(
            "",
            "/audit/" + TENANT,
            "host/audit/",
            "host/audit/" + "018F3F6E-7C1A-7000-8000-000000000001")) {
      assertThat(Origin.parse(text)).as(text).isEmpty();
    }
  }

  private static boolean shown(String text) {
    try {
      return Receipt.parse(text).verify(List.of(KEY)) instanceof ReceiptVerdict.Valid;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void assertRefused(Receipt receipt, Code code, VerifierKey... known) {
    assertThat(receipt.verify(Arrays.asList(known)))
        .isInstanceOfSatisfying(
            ReceiptVerdict.Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
  }

  private static Receipt receipt(int size, int seq, Origin origin) {
    List<Entry> entries = new ArrayList<>();
    Position position = Position.genesis(TENANT);
    Frontier frontier = Frontier.empty();
    Map<NodeId, TreeHash> nodes = new HashMap<>();
    for (int i = 0; i < size; i++) {
      Entry entry =
          position.next(
              Instant.parse("2026-11-23T10:00:00.123456Z"),
              "gate_passed",
              null,
              Payload.of(Map.of("n", i)));
      entries.add(entry);
      position = Position.behind(entry);
      frontier.append(TreeHash.leaf(entry.hash().bytes()), nodes::put);
    }
    ChainHash previous = seq == 1 ? ChainHash.genesis(TENANT) : entries.get(seq - 2).hash();
    return new Receipt(
        new LoggedEvent(previous, entries.get(seq - 1).envelope()),
        seq - 1,
        InclusionProof.of(seq - 1, size, nodes::get).hashes(),
        new Checkpoint(origin, size, frontier.root()).sign(List.of(SIGNER)));
  }

  private static SigningKey signer() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] spki = pair.getPublic().getEncoded();
      return new SigningKey(
          pair.getPrivate(), Arrays.copyOfRange(spki, spki.length - 32, spki.length));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
