package dev.nofate.cli.verify;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.proof.Origin;
import dev.nofate.audit.chain.proof.Receipt;
import dev.nofate.audit.chain.proof.ReceiptVerdict;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.cli.verify.Finding.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Holds checkpoints and receipts against each other and against the tree that the export's events
 * make. A checkpoint whose root is the export's at that size shows that the export holds everything
 * that was signed then, unchanged.
 */
final class TreeChecks implements ChainListener {

  /**
   * A signed size and root, and where it comes from.
   *
   * @param source file it was in
   * @param checkpoint what was signed
   * @param counts false when keys were given and none of them signed it
   */
  private record Claim(String source, Checkpoint checkpoint, boolean counts) {}

  private final TrustedKeys keys;
  private final List<Claim> claims = new ArrayList<>();
  private final Map<String, Receipt> receipts = new HashMap<>();
  private final Set<Long> sizes = new HashSet<>();
  private final List<Finding> findings = new ArrayList<>();
  private final Frontier frontier = Frontier.empty();
  private final Map<Long, TreeHash> roots = new HashMap<>();
  private final Set<Long> places = new HashSet<>();
  private final Map<Long, ChainHash> there = new HashMap<>();
  private UUID tenant;

  TreeChecks(TrustedKeys keys) {
    this.keys = keys;
  }

  /** Takes a checkpoint as text. */
  void checkpoint(String source, String text) {
    try {
      claim(source, SignedNote.parse(text));
    } catch (IllegalArgumentException e) {
      findings.add(Finding.differs("checkpoint " + source, "%s", e.getMessage()));
    }
  }

  /** Takes a receipt as text. */
  void receipt(String source, String text) {
    Receipt receipt;
    try {
      receipt = Receipt.parse(text);
      claim(source, receipt.checkpoint());
    } catch (IllegalArgumentException e) {
      findings.add(Finding.differs("receipt " + source, "%s", e.getMessage()));
      return;
    }
    receipts.put(source, receipt);
    places.add(receipt.event().envelope().seq());
    if (keys.isEmpty()) {
      findings.add(Finding.notChecked("receipt " + source, "no trusted key was given"));
      return;
    }
    ReceiptVerdict verdict =
        receipt.verify(keys.of(claims.get(claims.size() - 1).checkpoint().origin()));
    if (verdict instanceof ReceiptVerdict.Valid) {
      findings.add(
          Finding.holds(
              "receipt " + source,
              "event %d (%s) of tenant %s is in the signed tree of %d events",
              receipt.event().envelope().seq(),
              receipt.event().envelope().type(),
              receipt.event().envelope().tenant(),
              claims.get(claims.size() - 1).checkpoint().size()));
    } else {
      ReceiptVerdict.Refused refused = (ReceiptVerdict.Refused) verdict;
      findings.add(Finding.differs("receipt " + source, "%s: %s", refused.code(), refused.text()));
    }
  }

  @Override
  public void event(Entry entry) {
    tenant = entry.envelope().tenant();
    frontier.append(TreeHash.leaf(entry.hash().bytes()));
    long size = frontier.size();
    if (sizes.contains(size)) {
      roots.put(size, frontier.root());
    }
    if (places.contains(size)) {
      there.put(size, entry.hash());
    }
  }

  @Override
  public List<Finding> findings() {
    return findings;
  }

  /** Holds what was signed against the export. */
  List<Finding> againstExport() {
    List<Finding> found = new ArrayList<>();
    for (Claim claim : claims) {
      found.add(extent(claim));
    }
    receipts.forEach(
        (source, receipt) -> {
          long seq = receipt.event().envelope().seq();
          found.add(
              receipt.event().hash().equals(there.get(seq))
                  ? Finding.holds("receipt " + source, "event %d of the export is this one", seq)
                  : Finding.differs("receipt " + source, "event %d of the export is another", seq));
        });
    if (claims.isEmpty()) {
      found.add(
          Finding.notAsked(
              "end of the log",
              "no checkpoint was given, and an export alone does not show whether events are missing at its end"));
    }
    return found;
  }

  /**
   * The most events that were signed of this log by a key that counts, or by any where none was
   * given; 0 when nothing was.
   */
  long signedEvents() {
    return claims.stream()
        .filter(Claim::counts)
        .map(Claim::checkpoint)
        .filter(
            checkpoint ->
                Origin.parse(checkpoint.origin())
                    .filter(origin -> origin.tenant().equals(tenant))
                    .isPresent())
        .mapToLong(Checkpoint::size)
        .max()
        .orElse(0);
  }

  /** Without an export: whether what was signed at one size is one tree. */
  List<Finding> amongThemselves() {
    List<Finding> found = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      for (Claim other : claims.subList(i + 1, claims.size())) {
        found.add(compare(claims.get(i), other));
      }
    }
    return found;
  }

  private Finding extent(Claim claim) {
    String check = "tree of " + claim.source();
    long size = claim.checkpoint().size();
    if (Origin.parse(claim.checkpoint().origin())
        .filter(origin -> origin.tenant().equals(tenant))
        .isEmpty()) {
      return Finding.differs(
          check, "it is of %s, the export of %s", claim.checkpoint().origin(), tenant);
    }
    if (!claim.counts()) {
      return Finding.notChecked(check, "no trusted key signed it");
    }
    if (size > frontier.size()) {
      return Finding.differs(
          check,
          "TAIL_MISSING: %d events were signed and %d are there: the last %d are gone. The signature is over all of them,"
              + " so that what is there could not be compared with it",
          size,
          frontier.size(),
          size - frontier.size());
    }
    TreeHash root = size == 0 ? TreeHash.EMPTY : roots.get(size);
    return root.equals(claim.checkpoint().root())
        ? Finding.holds(check, "the first %d events are those that were signed", size)
        : Finding.differs(
            check, "ROOT_DIFFERS: the first %d events are not those that were signed", size);
  }

  private static Finding compare(Claim one, Claim other) {
    String check = one.source() + " and " + other.source();
    if (!one.checkpoint().origin().equals(other.checkpoint().origin())) {
      return Finding.differs(check, "they are of different logs");
    }
    if (one.checkpoint().size() != other.checkpoint().size()) {
      return Finding.notChecked(
          check, "trees of different sizes are compared by means of an export");
    }
    return one.checkpoint().root().equals(other.checkpoint().root())
        ? Finding.holds(check, "both are the same tree")
        : Finding.differs(check, "one size, two roots: the log shows different histories");
  }

  private void claim(String source, SignedNote note) {
    Checkpoint checkpoint = Checkpoint.parse(note.text());
    boolean signed = Checkpoint.open(note, keys.of(checkpoint.origin())).isPresent();
    sizes.add(checkpoint.size());
    claims.add(new Claim(source, checkpoint, keys.isEmpty() || signed));
    findings.add(
        new Finding(
            "signature of " + source,
            keys.isEmpty() ? Outcome.NOT_CHECKED : signed ? Outcome.HOLDS : Outcome.DIFFERS,
            keys.isEmpty()
                ? "no trusted key was given"
                : (signed ? "a trusted key" : "no trusted key")
                    + " signed size "
                    + checkpoint.size()
                    + " of "
                    + checkpoint.origin()));
  }
}
