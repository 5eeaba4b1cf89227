package dev.nofate.audit.checkpoint;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;

/** A checkpoint and the note it was signed as. */
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {

  static SignedCheckpoint of(String note) {
    SignedNote parsed = SignedNote.parse(note);
    return new SignedCheckpoint(Checkpoint.parse(parsed.text()), parsed);
  }
}
