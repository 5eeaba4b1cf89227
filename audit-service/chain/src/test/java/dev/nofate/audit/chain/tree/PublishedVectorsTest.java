package dev.nofate.audit.chain.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The trees that Certificate Transparency publishes, and larger ones made by another program. */
class PublishedVectorsTest {

  private final JsonNode vectors = vectors();
  private final Trees small = new Trees(leaves());

  @Test
  void growsToThePublishedRoots() {
    assertThat(small.roots)
        .extracting(TreeHash::toString)
        .isEqualTo(hex(vectors.at("/published/roots")));
  }

  @Test
  void makesAndVerifiesThePublishedProofs() {
    vectors.at("/published/inclusion").forEach(this::sameInclusion);
    vectors.at("/published/consistency").forEach(this::sameConsistency);
  }

  @Test
  void makesAndVerifiesEveryProofOfThePublishedTree() {
    assertThat(vectors.at("/small/inclusion")).hasSize(36).allSatisfy(this::sameInclusion);
    assertThat(vectors.at("/small/consistency")).hasSize(36).allSatisfy(this::sameConsistency);
  }

  @Test
  void agreesOnLargerTrees() throws NoSuchAlgorithmException {
    List<byte[]> contents = new ArrayList<>();
    for (int n = 1; n <= 1000; n++) {
      contents.add(
          MessageDigest.getInstance("SHA-256").digest(Integer.toString(n).getBytes(UTF_8)));
    }
    Trees wide = new Trees(contents);

    assertThat(vectors.get("wide")).hasSize(10);
    for (JsonNode at : vectors.get("wide")) {
      int size = at.get("size").intValue();
      assertThat(wide.roots.get(size)).hasToString(at.get("root").textValue());
      InclusionProof inclusion = wide.inclusion(at.get("index").intValue(), size);
      assertThat(inclusion.hashes())
          .extracting(TreeHash::toString)
          .isEqualTo(hex(at.get("inclusion")));
      ConsistencyProof consistency = wide.consistency(at.get("from").intValue(), size);
      assertThat(consistency.hashes())
          .extracting(TreeHash::toString)
          .isEqualTo(hex(at.get("consistency")));
    }
  }

  private void sameInclusion(JsonNode published) {
    InclusionProof proof =
        small.inclusion(published.get(0).intValue(), published.get(1).intValue());
    assertThat(proof.hashes()).extracting(TreeHash::toString).isEqualTo(hex(published.get(2)));
    assertThat(
            proof.verifies(
                small.leaves.get((int) proof.index()), small.roots.get((int) proof.size())))
        .isTrue();
  }

  private void sameConsistency(JsonNode published) {
    ConsistencyProof proof =
        small.consistency(published.get(0).intValue(), published.get(1).intValue());
    assertThat(proof.hashes()).extracting(TreeHash::toString).isEqualTo(hex(published.get(2)));
    assertThat(
            proof.verifies(small.roots.get((int) proof.from()), small.roots.get((int) proof.to())))
        .isTrue();
  }

  private List<byte[]> leaves() {
    return hex(vectors.get("leaves")).stream().map(HexFormat.of()::parseHex).toList();
  }

  private static List<String> hex(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.textValue()));
    return texts;
  }

  private static JsonNode vectors() {
    try (InputStream in =
        PublishedVectorsTest.class.getResourceAsStream("/vectors/rfc6962-v1.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
