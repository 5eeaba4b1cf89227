package dev.nofate.audit.chain.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A text and who signed it (c2sp.org/signed-note). What the text says counts only after {@link
 * #verifiedBy} named a key.
 *
 * @param text ends with a line feed; no other control character
 * @param signatures at least one
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

  /** Longest note that is read, in UTF-16 code units. */
  public static final int MAX_CHARS = 1024 * 1024;

  /** Most signatures that are read. */
  public static final int MAX_SIGNATURES = 100;

  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
      throw new IllegalArgumentException("not the text of a note");
    }
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to " + MAX_SIGNATURES + " signatures");
    }
  }

  /** Signs a text under a name with each of the keys. */
  public static SignedNote sign(String text, String name, List<SigningKey> keys) {
    return new SignedNote(text, keys.stream().map(key -> key.sign(name, text)).toList());
  }

  /**
   * Reads a note; whether it was signed by anybody known is not asked here.
   *
   * @throws IllegalArgumentException when it has another form
   */
  public static SignedNote parse(String note) {
    if (note.length() > MAX_CHARS) {
      throw new IllegalArgumentException("the note exceeds " + MAX_CHARS + " characters");
    }
    int blank = note.lastIndexOf("\n\n");
    if (blank < 0 || !note.endsWith("\n") || blank + 2 == note.length()) {
      throw new IllegalArgumentException("a note is not a text, an empty line and signatures");
    }
    List<NoteSignature> signatures = new ArrayList<>();
    for (String line : note.substring(blank + 2, note.length() - 1).split("\n", -1)) {
      signatures.add(NoteSignature.parse(line));
    }
    return new SignedNote(note.substring(0, blank + 1), signatures);
  }

  /**
   * Which of these keys signed the text. Signatures of other keys are passed over; a signature that
   * bears the name and id of one of these and is not its own spoils the note.
   *
   * @return empty when the text is not to be believed
   */
  public List<VerifierKey> verifiedBy(Collection<VerifierKey> known) {
    byte[] signed = text.getBytes(UTF_8);
    List<VerifierKey> verified = new ArrayList<>();
    for (NoteSignature signature : signatures) {
      for (VerifierKey key : known) {
        if (signature.isOf(key)) {
          if (!signature.verifies(key, signed)) {
            return List.of();
          }
          verified.add(key);
        }
      }
    }
    return List.copyOf(verified);
  }

  /** The note as it is kept and sent. */
  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()).append('\n'));
    return note.toString();
  }
}
