package dev.nofate.audit.chain.proof;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.note.VerifierKey;
import dev.nofate.audit.chain.proof.ReceiptVerdict.Code;
import dev.nofate.audit.chain.tree.InclusionProof;
import dev.nofate.audit.chain.tree.TreeHash;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One text file that shows, without asking anybody, that an event is in a log whose size and root
 * were signed (c2sp.org/tlog-proof, with the event as its extra data).
 *
 * @param event what it is about, with everything that its hash is made of
 * @param index of its leaf in the tree, from 0: {@code seq - 1}
 * @param hashes the siblings on the way to the root, from the leaf up
 * @param checkpoint signed, with a tree that holds the leaf
 */
public record Receipt(LoggedEvent event, long index, List<TreeHash> hashes, SignedNote checkpoint) {

  /** Longest receipt that is read, in UTF-16 code units. */
  public static final int MAX_CHARS = 2 * 1024 * 1024;

  private static final String FORMAT = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");
  private static final int MAX_HASHES = 64;

  public Receipt {
    hashes = List.copyOf(hashes);
  }

  /**
   * Reads a receipt; whether it is true is not asked here.
   *
   * @throws IllegalArgumentException when it has another form
   */
  public static Receipt parse(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException("the receipt exceeds " + MAX_CHARS + " characters");
    }
    int blank = text.indexOf("\n\n");
    if (blank < 0) {
      throw new IllegalArgumentException("a receipt has no empty line before its checkpoint");
    }
    List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
    if (lines.size() < 3
        || lines.size() > 3 + MAX_HASHES
        || !lines.get(0).equals(FORMAT)
        || !lines.get(1).startsWith(EXTRA)
        || !lines.get(2).startsWith(INDEX)
        || !NUMBER.matcher(lines.get(2).substring(INDEX.length())).matches()) {
      throw new IllegalArgumentException("not a receipt of this format");
    }
    return new Receipt(
        LoggedEvent.parse(extra(lines.get(1).substring(EXTRA.length()))),
        Long.parseLong(lines.get(2).substring(INDEX.length())),
        lines.subList(3, lines.size()).stream().map(TreeHash::ofBase64).toList(),
        SignedNote.parse(text.substring(blank + 2)));
  }

  /**
   * Checks it: the event's hash is made again from its content, the root from that hash, and the
   * root is what one of these keys signed as that of the log of the event's tenant.
   */
  public ReceiptVerdict verify(Collection<VerifierKey> known) {
    Checkpoint signed;
    try {
      signed = Checkpoint.parse(checkpoint.text());
    } catch (IllegalArgumentException e) {
      return refused(Code.NOT_A_CHECKPOINT, "the signed note is not a checkpoint");
    }
    if (Checkpoint.open(checkpoint, known).isEmpty()) {
      return refused(Code.NOT_SIGNED, "no known key signed the checkpoint under its origin");
    }
    if (Origin.parse(signed.origin())
        .filter(origin -> origin.tenant().equals(event.envelope().tenant()))
        .isEmpty()) {
      return refused(Code.OTHER_LOG, "the checkpoint is not of the log of the event's tenant");
    }
    if (index != event.envelope().seq() - 1 || index >= signed.size()) {
      return refused(Code.OTHER_PLACE, "the index is not that of the event in the signed tree");
    }
    return new InclusionProof(index, signed.size(), hashes).verifies(event.leaf(), signed.root())
        ? new ReceiptVerdict.Valid(event, signed)
        : refused(Code.NOT_INCLUDED, "the event does not lead to the signed root");
  }

  /** The receipt as it is kept and sent. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    lines.add(FORMAT);
    lines.add(EXTRA + Base64.getEncoder().encodeToString(event.bytes()));
    lines.add(INDEX + index);
    hashes.forEach(hash -> lines.add(hash.base64()));
    lines.add("");
    return String.join("\n", lines) + "\n" + checkpoint;
  }

  private static byte[] extra(String text) {
    byte[] extra = Base64.getDecoder().decode(text);
    if (!Base64.getEncoder().encodeToString(extra).equals(text)) {
      throw new IllegalArgumentException("the extra data is not in canonical Base 64");
    }
    return extra;
  }

  private static ReceiptVerdict refused(Code code, String observed) {
    return new ReceiptVerdict.Refused(code, observed);
  }
}
