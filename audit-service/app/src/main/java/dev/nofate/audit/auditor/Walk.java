package dev.nofate.audit.auditor;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.chain.Fault;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.Verdict;
import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.audit.event.EventRow;
import dev.nofate.audit.signing.LogKeys;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One walk along a chain from its first event: hashes and tree made anew from content. It can be
 * laid down as a note that the auditor signs, and be taken up again by another replica.
 */
final class Walk {

  private final Instant started;
  private final Frontier frontier;
  private Position position;

  private Walk(Instant started, Position position, Frontier frontier) {
    this.started = started;
    this.position = position;
    this.frontier = frontier;
  }

  static Walk start(UUID tenant, Instant now) {
    return new Walk(EventTime.truncated(now), Position.genesis(tenant), Frontier.empty());
  }

  /** The walk that a note holds; empty when the auditor did not sign it for this chain. */
  static Optional<Walk> resume(UUID tenant, String note, LogKeys keys) {
    try {
      SignedNote signed = SignedNote.parse(note);
      String[] lines = signed.text().split("\n");
      if (!lines[0].equals(name(tenant, keys))
          || signed.verifiedBy(keys.verifiers(lines[0])).isEmpty()) {
        return Optional.empty();
      }
      long seq = Long.parseLong(lines[1]);
      Position position =
          seq == 0
              ? Position.genesis(tenant)
              : new Position(tenant, seq, ChainHash.ofHex(lines[2]), EventTime.parse(lines[3]));
      List<TreeHash> nodes = new ArrayList<>();
      for (int i = 5; i < lines.length; i++) {
        nodes.add(TreeHash.ofBase64(lines[i]));
      }
      return Optional.of(new Walk(EventTime.parse(lines[4]), position, Frontier.of(seq, nodes)));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  /** Hashes the next rows anew and compares each signed root on the way. */
  Optional<Difference> follow(List<EventRow> rows, List<Checkpoint> signed) {
    ChainVerifier verifier = ChainVerifier.startingAt(position);
    int next = 0;
    for (EventRow row : rows) {
      Optional<Fault> fault = verifier.accept(row.line());
      if (fault.isPresent()) {
        return fault.map(Difference::of);
      }
      position = ((Verdict.Valid) verifier.verdict()).head();
      frontier.append(TreeHash.leaf(position.hash().bytes()));
      while (next < signed.size() && signed.get(next).size() <= frontier.size()) {
        if (!signed.get(next).root().equals(frontier.root())) {
          return Optional.of(Difference.rootDiffers(frontier.size()));
        }
        next++;
      }
    }
    return Optional.empty();
  }

  Instant started() {
    return started;
  }

  Position position() {
    return position;
  }

  /** The note to go on from. */
  String laidDown(LogKeys keys) {
    StringBuilder text = new StringBuilder(name(position.tenant(), keys)).append('\n');
    text.append(position.seq()).append('\n').append(position.hash().hex()).append('\n');
    text.append(position.at() == null ? "-" : EventTime.text(position.at())).append('\n');
    text.append(EventTime.text(started)).append('\n');
    frontier.nodes().forEach(node -> text.append(node.base64()).append('\n'));
    return SignedNote.sign(text.toString(), name(position.tenant(), keys), keys.signing())
        .toString();
  }

  /** The root of what was walked. */
  TreeHash root() {
    return frontier.root();
  }

  private static String name(UUID tenant, LogKeys keys) {
    return keys.origin(tenant) + "/progress";
  }
}
