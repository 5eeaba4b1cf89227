package dev.nofate.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.chain.spec.SpecVerifier;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever is done to one place of a chain is found at that place. The exception is the end: a
 * chain whose last rows are gone is a chain, and only a head kept elsewhere tells.
 */
class TamperingPropertiesTest {

  private static final int LENGTH = 12;

  /** One change of one field, everything else as it was. */
  private enum Edit {
    AT,
    PAYLOAD,
    SEQ,
    SUBJECT,
    TENANT,
    TYPE,
    HASH;

    Entry apply(Entry entry) {
      Envelope e = entry.envelope();
      Envelope edited =
          switch (this) {
            case AT -> with(e, e.seq(), e.subject(), e.type(), e.payload(), 1);
            case PAYLOAD -> with(e, e.seq(), e.subject(), e.type(), edited(e.payload()), 0);
            case SEQ -> with(e, e.seq() + 7, e.subject(), e.type(), e.payload(), 0);
            case SUBJECT -> with(e, e.seq(), other(e.subject()), e.type(), e.payload(), 0);
            case TENANT ->
                new Envelope(
                    e.at(), e.payload(), e.seq(), e.subject(), other(e.tenant()), e.type());
            case TYPE -> with(e, e.seq(), e.subject(), e.type() + "_", e.payload(), 0);
            case HASH -> e;
          };
      return new Entry(edited, this == HASH ? flipped(entry.hash()) : entry.hash());
    }

    private static Envelope with(
        Envelope e, long seq, UUID subject, String type, Payload payload, int laterMicros) {
      return new Envelope(
          e.at().plus(laterMicros, ChronoUnit.MICROS), payload, seq, subject, e.tenant(), type);
    }

    private static Payload edited(Payload payload) {
      return payload.equals(Payload.EMPTY) ? Payload.of(Map.of("x", 1)) : Payload.EMPTY;
    }

    private static UUID other(UUID uuid) {
      return uuid == null
          ? new UUID(1, 2)
          : new UUID(uuid.getMostSignificantBits() ^ 1, uuid.getLeastSignificantBits());
    }

    private static ChainHash flipped(ChainHash hash) {
      byte[] bytes = hash.bytes();
      bytes[31] ^= 1;
      return ChainHash.ofBytes(bytes);
    }
  }

  @Property(tries = 500)
  void findsAnEditedFieldAtItsPlace(
      @ForAll long seed, @ForAll @IntRange(max = LENGTH - 1) int row, @ForAll Edit edit) {
    List<Entry> chain = new RandomChains(seed).chain(LENGTH);
    chain.set(row, edit.apply(chain.get(row)));

    assertBrokenAt(chain, row + 1);
  }

  @Property(tries = 300)
  void findsARowWhoseHashWasMadeToFit(
      @ForAll long seed, @ForAll @IntRange(max = LENGTH - 2) int row) {
    List<Entry> chain = new RandomChains(seed).chain(LENGTH);
    Envelope edited = Edit.PAYLOAD.apply(chain.get(row)).envelope();
    ChainHash before = row == 0 ? ChainHash.genesis(edited.tenant()) : chain.get(row - 1).hash();
    chain.set(row, new Entry(edited, ChainHash.next(before, edited)));

    assertBrokenAt(chain, row + 2);
  }

  @Property(tries = 300)
  void findsARemovedRow(@ForAll long seed, @ForAll @IntRange(max = LENGTH - 2) int row) {
    List<Entry> chain = new RandomChains(seed).chain(LENGTH);
    chain.remove(row);

    assertBrokenAt(chain, row + 1);
  }

  @Property(tries = 300)
  void findsAnInsertedRow(@ForAll long seed, @ForAll @IntRange(max = LENGTH - 1) int row) {
    List<Entry> chain = new RandomChains(seed).chain(LENGTH);
    Envelope twin = chain.get(row).envelope();
    chain.add(row, new Entry(twin, ChainHash.next(ChainHash.genesis(twin.tenant()), twin)));

    // At the first place the inserted row is the right one, and the second is the one too many.
    assertBrokenAt(chain, row == 0 ? 2 : row + 1);
  }

  @Property(tries = 300)
  void findsSwappedRows(
      @ForAll long seed,
      @ForAll @IntRange(max = LENGTH - 1) int one,
      @ForAll @IntRange(max = LENGTH - 1) int other) {
    List<Entry> chain = new RandomChains(seed).chain(LENGTH);
    Collections.swap(chain, one, other);

    if (one == other) {
      assertThat(verdict(chain)).isInstanceOf(Verdict.Valid.class);
    } else {
      assertBrokenAt(chain, Math.min(one, other) + 1);
    }
  }

  @Property(tries = 100)
  void findsTwoChainsPutTogether(@ForAll long seed, @ForAll @IntRange(min = 1, max = 11) int cut) {
    List<Entry> chain = new RandomChains(seed).chain(LENGTH);
    List<Entry> foreign = new RandomChains(seed + 1).chain(LENGTH);
    List<Entry> spliced = new ArrayList<>(chain.subList(0, cut));
    spliced.addAll(foreign.subList(cut, LENGTH));

    assertBrokenAt(spliced, cut + 1);
  }

  @Property(tries = 100)
  void doesNotSeeThatTheTailIsGoneButNamesTheHead(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = LENGTH) int kept) {
    List<Entry> chain = new RandomChains(seed).chain(LENGTH);

    Verdict.Valid valid = (Verdict.Valid) verdict(chain.subList(0, kept));

    assertThat(valid.head()).isEqualTo(Position.behind(chain.get(kept - 1)));
  }

  private static void assertBrokenAt(List<Entry> chain, long seq) {
    assertThat(verdict(chain))
        .isInstanceOfSatisfying(
            Verdict.Broken.class, broken -> assertThat(broken.fault().seq()).isEqualTo(seq));
    List<String> lines = chain.stream().map(ExportLine::text).toList();
    assertThat(SpecVerifier.verify(lines).badSeq()).isEqualTo(seq);
  }

  private static Verdict verdict(List<Entry> chain) {
    ChainVerifier verifier = ChainVerifier.startingAtGenesis();
    chain.forEach(verifier::accept);
    return verifier.verdict();
  }
}
