package dev.nofate.audit.chain.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The key and the note that golang.org/x/mod/sumdb/note publishes in its example (v0.21.0,
 * example_test.go), and the form of the example of c2sp.org/signed-note.
 */
class SignedNoteTest {

  private static final String NAME = "PeterNeumann";
  private static final String PUBLIC =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String PRIVATE = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String NOTE =
      TEXT
          + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  private static final String SPECIFICATION =
      """
      Ognuno sta solo sul cuor della terra
      trafitto da un raggio di sole:

      ed è subito sera.

      \u2014 quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
      """;

  private final VerifierKey key = VerifierKey.parse(PUBLIC);

  @Test
  void verifiesThePublishedNoteWithThePublishedKey() {
    assertThat(SignedNote.parse(NOTE).verifiedBy(List.of(key))).containsExactly(key);
    assertThat(key.name()).isEqualTo(NAME);
    assertThat(key.id()).isEqualTo(0xc74f20a3);
    assertThat(key).hasToString(PUBLIC);
  }

  @Test
  void signsThePublishedNoteWithThePublishedKey() {
    assertThat(SignedNote.sign(TEXT, NAME, List.of(published()))).hasToString(NOTE);
  }

  @Test
  void readsTheExampleOfTheSpecificationWithItsEmptyLineInTheText() {
    SignedNote note = SignedNote.parse(SPECIFICATION);

    assertThat(note.text()).endsWith("\n\ned è subito sera.\n").hasLineCount(4);
    assertThat(note.signatures())
        .hasSize(1)
        .first()
        .hasToString("quasimodo.example/salvatore+367ba04b");
    assertThat(note).hasToString(SPECIFICATION);
    assertThat(note.verifiedBy(List.of(key))).isEmpty();
  }

  @Test
  void believesNoTextThatWasChanged() {
    SignedNote changed = SignedNote.parse(NOTE.replace("your problem,", "my problem,"));

    assertThat(changed.verifiedBy(List.of(key))).isEmpty();
  }

  @Test
  void passesOverSignaturesOfUnknownKeysAndIsSpoiltByAWrongOneOfAKnownKey() {
    SigningKey signer = published();
    NoteSignature stranger = signer.sign("stranger.example", TEXT);
    SignedNote both = new SignedNote(TEXT, List.of(stranger, signer.sign(NAME, TEXT)));
    SignedNote spoilt =
        new SignedNote(TEXT, List.of(signer.sign(NAME, "other\n"), signer.sign(NAME, TEXT)));

    assertThat(SignedNote.parse(both.toString()).verifiedBy(List.of(key))).containsExactly(key);
    assertThat(both.verifiedBy(List.of(key.named("elsewhere.example")))).isEmpty();
    assertThat(spoilt.verifiedBy(List.of(key))).isEmpty();
  }

  @Test
  void countsASignatureUnderOneNameAsNoneUnderAnother() {
    assertThat(key.named("other.example").id()).isNotEqualTo(key.id());
    assertThat(SignedNote.parse(NOTE).verifiedBy(List.of(key.named("other.example")))).isEmpty();
  }

  @Test
  void readsUpToItsMostSignaturesAndNoMore() {
    NoteSignature one = published().sign(NAME, TEXT);
    String most =
        new SignedNote(TEXT, Collections.nCopies(SignedNote.MAX_SIGNATURES, one)).toString();

    assertThat(SignedNote.parse(most).verifiedBy(List.of(key))).hasSize(100);
    assertThatThrownBy(() -> SignedNote.parse(most + NOTE.substring(NOTE.indexOf('\u2014'))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SignedNote.parse("x".repeat(SignedNote.MAX_CHARS + 1)))
        .hasMessageContaining("exceeds");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text\n",
        "text\n\n",
        "text\n\nsignature\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 name AAAA\n",
        "text\n\n\u2014 na+me AAAAAAAA\n",
        "text\n\n\u2014 name AAAAAAA=",
        "text\n\n\u2014 name AAAAAAB=\n",
        "text\n\n\u2014 name AAAAAAA=\n\u2014 name\n",
        "te\u0000xt\n\n\u2014 name AAAAAAA=\n",
        "te\rxt\n\n\u2014 name AAAAAAA=\n",
      })
  void refusesANoteOfAnotherForm(String note) {
    assertThatThrownBy(() -> SignedNote.parse(note)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PeterNeumann",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      })
  void refusesAKeyOfAnotherForm(String text) {
    assertThatThrownBy(() -> VerifierKey.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAPairThatIsNone() {
    byte[] other = key.raw();
    other[3] ^= 1;
    assertThatThrownBy(() -> new SigningKey(seed(), other))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private SigningKey published() {
    return new SigningKey(seed(), key.raw());
  }

  private static PrivateKey seed() {
    byte[] typed = Base64.getDecoder().decode(PRIVATE.getBytes(UTF_8));
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(
              new EdECPrivateKeySpec(
                  NamedParameterSpec.ED25519, Arrays.copyOfRange(typed, 1, typed.length)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
