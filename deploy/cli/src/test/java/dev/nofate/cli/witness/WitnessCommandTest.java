package dev.nofate.cli.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.audit.chain.note.SigningKey;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.proof.Origin;
import dev.nofate.audit.chain.tree.ConsistencyProof;
import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.cli.Nofate;
import dev.nofate.cli.fixture.StandInSuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessCommandTest {

  @TempDir Path folder;

  private final UUID tenant = UUID.randomUUID();
  private UUID answered = tenant;
  private boolean signs = true;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<TreeHash> leaves = new ArrayList<>();
  private byte[] publicKey;
  private SigningKey key = fresh();
  private boolean answers = true;
  private StandInSuite suite;

  @BeforeEach
  void start() throws IOException {
    suite = StandInSuite.answering(request -> answer(request.line()));
    events(5, "a");
  }

  @AfterEach
  void stop() {
    suite.close();
  }

  @Test
  void aLogThatGrowsIsConsistentWithWhatWasKept() throws IOException {
    assertThat(look()).isZero();
    assertThat(out.toString()).startsWith("FIRST: 5 events are signed");
    events(8, "a");
    assertThat(look()).isZero();
    assertThat(out.toString())
        .startsWith("CONSISTENT: 8 events are signed; the 5 that were signed before");
    assertThat(look()).isZero();
    assertThat(kept()).contains("\n8\n");
  }

  @Test
  void aLogThatLostItsEndIsFoundAndWhatWasKeptStays() throws IOException {
    look();
    leaves.subList(3, 5).clear();
    assertThat(look()).isEqualTo(3);
    assertThat(out.toString())
        .startsWith("SHORTER: The log has 3 events, and 5 were signed before");
    assertThat(kept()).contains("\n5\n");
    assertThat(evidence()).singleElement().asString().contains("\n3\n");
    leaves.clear();
    events(5, "a");
    events(9, "b");
    assertThat(look()).isZero();
  }

  @Test
  void eventsThatWereExchangedAreFoundAlsoWhenTheLogGrewMeanwhile() throws IOException {
    look();
    leaves.set(1, leaf("forged"));
    assertThat(look()).isEqualTo(4);
    events(20, "a");
    assertThat(look()).isEqualTo(4);
    assertThat(out.toString()).startsWith("DIFFERENT: 20 events are signed");
    assertThat(kept()).contains("\n5\n");
    assertThat(evidence()).hasSize(2);
  }

  @Test
  void anotherKeyCountsWhenItIsNamed() throws IOException {
    look();
    key = fresh();
    assertThat(look()).isEqualTo(4);
    assertThat(out.toString()).startsWith("NOT_SIGNED");
    Path next = Files.writeString(folder.resolve("next.json"), published());
    assertThat(look("--audit-key", next.toString())).isZero();
  }

  @Test
  void anotherLogIsNoFirstLook() throws IOException {
    look();
    answered = UUID.randomUUID();
    assertThat(look()).isEqualTo(4);
    assertThat(out.toString()).startsWith("ANOTHER_LOG").contains(tenant.toString());
    assertThat(evidence()).singleElement().asString().contains(answered.toString());
    assertThat(look()).isEqualTo(4);
  }

  @Test
  void aLogThatSignsNoMoreBecauseItsEndIsGoneIsShorter() throws IOException {
    look();
    signs = false;
    assertThat(look()).isEqualTo(1);
    leaves.subList(3, 5).clear();
    assertThat(look()).isEqualTo(3);
    assertThat(out.toString())
        .startsWith("SHORTER: The log has 3 events, and 5 were signed before");
    assertThat(kept()).contains("\n5\n");
  }

  @Test
  void anAddressThatIsNoneIsToldInASentence() throws IOException {
    for (String address : List.of("ftp://example.com", "http://", "not an address")) {
      assertThat(
              Nofate.commandLine()
                  .setErr(new PrintWriter(err))
                  .execute(
                      "witness", "--to", folder.toString(), "--url", address, "--key-env", "PATH"))
          .isEqualTo(1);
    }
    assertThat(err.toString().lines())
        .hasSize(3)
        .allMatch(line -> line.endsWith("is no http or https address"));
  }

  @Test
  void aLogThatDoesNotAnswerIsNoVerdict() throws IOException {
    look();
    answers = false;
    assertThat(look()).isEqualTo(1);
    assertThat(err.toString()).contains("GET /v1/audit/checkpoint answered 503");
    assertThat(kept()).contains("\n5\n");
    assertThat(evidence()).isEmpty();
  }

  @Test
  void aFolderThatHoldsSomethingElseIsNotWrittenOver() throws IOException {
    look();
    Files.writeString(folder.resolve(tenant + ".checkpoint"), "not a note");
    assertThat(look()).isEqualTo(1);
    assertThat(err.toString()).contains("is no signed checkpoint");
    assertThat(kept()).isEqualTo("not a note");
  }

  private int look(String... more) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Nofate.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(
            Stream.concat(
                    Stream.of(
                        "witness",
                        "--to",
                        folder.toString(),
                        "--url",
                        suite.url(),
                        "--key-env",
                        "PATH"),
                    Stream.of(more))
                .toArray(String[]::new));
  }

  private StandInSuite.Answer answer(String line) {
    if (!answers) {
      return new StandInSuite.Answer(503, "");
    }
    if (line.equals("GET /v1/audit/head")) {
      return new StandInSuite.Answer(200, "{\"seq\":%d}".formatted(leaves.size()));
    }
    if (line.equals("GET /v1/audit/checkpoint") && !signs) {
      return new StandInSuite.Answer(503, "");
    }
    if (line.equals("GET /v1/audit/checkpoint")) {
      Origin origin = new Origin("audit.example.com", answered);
      return new StandInSuite.Answer(
          200,
          new Checkpoint(origin, leaves.size(), root(0, leaves.size()))
              .sign(List.of(key))
              .toString());
    }
    if (line.startsWith("GET /v1/audit/proof/consistency?")) {
      String[] sizes = line.replaceAll("[^0-9]+", " ").strip().split(" ");
      return new StandInSuite.Answer(
          200, proof(Integer.parseInt(sizes[1]), Integer.parseInt(sizes[2])));
    }
    return line.equals("GET /.well-known/no-fate/audit-keys")
        ? new StandInSuite.Answer(200, published())
        : new StandInSuite.Answer(404, "");
  }

  private String proof(int from, int to) {
    return ConsistencyProof.of(from, to, node -> root((int) node.begin(), (int) node.end()))
        .hashes()
        .stream()
        .map(hash -> "\"" + hash.base64() + "\"")
        .toList()
        .toString()
        .transform(hashes -> "{\"from\":%d,\"to\":%d,\"hashes\":%s}".formatted(from, to, hashes));
  }

  private TreeHash root(int from, int to) {
    Frontier tree = Frontier.empty();
    leaves.subList(from, to).forEach(tree::append);
    return tree.root();
  }

  private void events(int until, String content) {
    while (leaves.size() < until) {
      leaves.add(leaf(content + leaves.size()));
    }
  }

  private static TreeHash leaf(String content) {
    return TreeHash.leaf(content.getBytes(StandardCharsets.UTF_8));
  }

  private String published() {
    return "{\"host\":\"audit.example.com\",\"keys\":[{\"public_key\":\"%s\"}]}"
        .formatted(Base64.getEncoder().encodeToString(publicKey));
  }

  private SigningKey fresh() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] encoded = pair.getPublic().getEncoded();
      publicKey = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
      return new SigningKey(pair.getPrivate(), publicKey);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private String kept() throws IOException {
    return Files.readString(folder.resolve(tenant + ".checkpoint"));
  }

  private List<String> evidence() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> notes = new ArrayList<>();
      for (Path file : files.filter(each -> each.toString().endsWith(".evidence")).toList()) {
        notes.add(Files.readString(file));
      }
      return notes;
    }
  }
}
