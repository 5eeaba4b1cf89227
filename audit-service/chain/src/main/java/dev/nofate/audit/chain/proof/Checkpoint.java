package dev.nofate.audit.chain.proof;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.note.SigningKey;
import dev.nofate.audit.chain.note.VerifierKey;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.TreeHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a log says it holds: so many leaves under this root (c2sp.org/tlog-checkpoint).
 *
 * @param origin whose log; see {@link Origin}
 * @param size number of leaves, which is the {@code seq} of the last event covered
 * @param root of the tree of that size
 * @param extensions further lines, opaque; none in what this log signs
 */
public record Checkpoint(String origin, long size, TreeHash root, List<String> extensions) {

  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,15}");

  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (origin.isEmpty() || size < 0 || size > Frontier.MAX_SIZE) {
      throw new IllegalArgumentException("not a checkpoint");
    }
    if (size == 0 && !root.equals(TreeHash.EMPTY)) {
      throw new IllegalArgumentException("the root is not that of the empty tree");
    }
  }

  public Checkpoint(Origin origin, long size, TreeHash root) {
    this(origin.toString(), size, root, List.of());
  }

  /**
   * Reads the text of a note.
   *
   * @throws IllegalArgumentException when it is no checkpoint
   */
  public static Checkpoint parse(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    if (!lines.remove(lines.size() - 1).isEmpty() || lines.size() < 3 || lines.contains("")) {
      throw new IllegalArgumentException("a checkpoint is not three or more lines");
    }
    if (!SIZE.matcher(lines.get(1)).matches()) {
      throw new IllegalArgumentException("the size is not a decimal number");
    }
    return new Checkpoint(
        lines.get(0),
        Long.parseLong(lines.get(1)),
        TreeHash.ofBase64(lines.get(2)),
        lines.subList(3, lines.size()));
  }

  /**
   * Reads a signed checkpoint, and believes it when one of these keys signed it under its origin.
   *
   * @return empty when none did, or a signature under one of their names is not theirs
   * @throws IllegalArgumentException when it is no checkpoint
   */
  public static Optional<Checkpoint> open(SignedNote note, Collection<VerifierKey> known) {
    Checkpoint checkpoint = parse(note.text());
    boolean signed =
        note.verifiedBy(known).stream().anyMatch(key -> key.name().equals(checkpoint.origin));
    return signed ? Optional.of(checkpoint) : Optional.empty();
  }

  /** The text that is signed. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(origin).append('\n').append(size).append('\n').append(root.base64()).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** Signs it under its origin with each of the keys. */
  public SignedNote sign(List<SigningKey> keys) {
    return SignedNote.sign(text(), origin, keys);
  }
}
