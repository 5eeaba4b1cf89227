package dev.nofate.audit.auditor;

import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.audit.signing.LogKeys;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What the auditor states about a chain whose end it reached: a signed note, and what it binds it
 * to.
 */
final class Attestation {

  private Attestation() {}

  static String sign(Position head, TreeHash root, Instant started, Instant reached, LogKeys keys) {
    String name = name(head.tenant(), keys);
    String text =
        """
        %s
        events %d
        head %s
        root %s
        walk-started %s
        head-reached %s
        """
            .formatted(
                name,
                head.seq(),
                head.hash().hex(),
                root.base64(),
                EventTime.text(started),
                EventTime.text(EventTime.truncated(reached)));
    return SignedNote.sign(text, name, keys.signing()).toString();
  }

  /** The size and root that an earlier statement named; empty when the auditor did not sign it. */
  static Optional<Checkpoint> open(UUID tenant, String note, LogKeys keys) {
    try {
      SignedNote signed = SignedNote.parse(note);
      List<String> lines = signed.text().lines().toList();
      if (!lines.get(0).equals(name(tenant, keys))
          || signed.verifiedBy(keys.verifiers(lines.get(0))).isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Checkpoint(
              keys.origin(tenant),
              Long.parseLong(lines.get(1).substring("events ".length())),
              TreeHash.ofBase64(lines.get(3).substring("root ".length()))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static String name(UUID tenant, LogKeys keys) {
    return keys.origin(tenant) + "/attestation";
  }
}
