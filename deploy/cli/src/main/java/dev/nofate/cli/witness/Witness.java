package dev.nofate.cli.witness;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.proof.Origin;
import dev.nofate.audit.chain.tree.ConsistencyProof;
import dev.nofate.audit.chain.tree.TreeHash;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.WholeFile;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.verify.TrustedKeys;
import dev.nofate.cli.witness.Sighting.Found;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Looks at one tenant's log and compares it with what was kept when it was looked at before.
 *
 * @param api the log, with the tenant's key
 * @param folder what is kept: the last checkpoint of each tenant, the keys, and evidence
 * @param keys whose signatures count beside those that are kept; see {@link TrustedKeys}
 */
record Witness(ApiClient api, Path folder, List<String> keys) {

  private static final int OK = 200;
  private static final String PUBLISHED = "/.well-known/no-fate/audit-keys";
  private static final String KEYS = "audit-keys.json";

  /**
   * Looks once, and keeps what is signed now when nothing contradicts it; otherwise what was kept
   * stays, and what contradicts it is put beside it.
   *
   * @throws CommandFailure when the log does not answer, or answers something else
   */
  Sighting look() {
    try {
      Files.createDirectories(folder);
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        if (lock.tryLock() == null) {
          throw new CommandFailure("another command writes to " + folder);
        }
        return lookAlone();
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot keep anything in " + folder + ": " + e.getMessage(), e);
    }
  }

  private Sighting lookAlone() throws IOException {
    TrustedKeys trusted = trusted();
    ApiClient.Answer answer = api.get("/v1/audit/checkpoint");
    answer.expectStatus(OK, "GET /v1/audit/checkpoint");
    Checkpoint now = checkpoint(answer.text(), "the log's answer");
    UUID tenant =
        Origin.parse(now.origin())
            .orElseThrow(() -> new CommandFailure("the checkpoint's origin names no log"))
            .tenant();
    Path file = folder.resolve(tenant + ".checkpoint");
    Checkpoint kept =
        Files.exists(file)
            ? checkpoint(Files.readString(file, StandardCharsets.UTF_8), file.toString())
            : null;
    Found found =
        Checkpoint.open(SignedNote.parse(answer.text()), trusted.of(now.origin())).isEmpty()
            ? Found.NOT_SIGNED
            : compare(kept, now);
    Path written =
        found.exitCode() == 0
            ? file
            : folder.resolve("%s.%d.%s.evidence".formatted(tenant, now.size(), digest(now)));
    WholeFile.replace(written, answer.text());
    return new Sighting(
        now.origin(),
        found,
        kept == null ? null : kept.size(),
        now.size(),
        written.equals(file) ? null : written.toString());
  }

  /** The keys as they were published when the log was first looked at, and those that are given. */
  private TrustedKeys trusted() {
    Path kept = folder.resolve(KEYS);
    if (!Files.exists(kept)) {
      ApiClient.Answer published = api.get(PUBLISHED);
      published.expectStatus(OK, "GET " + PUBLISHED);
      WholeFile.replace(kept, published.text());
    }
    List<String> all = new ArrayList<>(keys);
    all.add(kept.toString());
    return TrustedKeys.of(all);
  }

  private Found compare(Checkpoint kept, Checkpoint now) {
    if (kept == null) {
      return Found.FIRST;
    }
    if (!kept.origin().equals(now.origin())) {
      throw new CommandFailure(
          "the log is %s now and was %s before".formatted(now.origin(), kept.origin()));
    }
    if (now.size() < kept.size()) {
      return Found.SHORTER;
    }
    return proof(kept.size(), now.size()).verifies(kept.root(), now.root())
        ? Found.CONSISTENT
        : Found.DIFFERENT;
  }

  private ConsistencyProof proof(long from, long to) {
    if (from == to) {
      return new ConsistencyProof(from, to, List.of());
    }
    JsonNode answer =
        api.get("/v1/audit/proof/consistency?from=%d&to=%d".formatted(from, to))
            .expect(OK, "GET /v1/audit/proof/consistency");
    List<TreeHash> hashes = new ArrayList<>();
    try {
      answer.path("hashes").forEach(hash -> hashes.add(TreeHash.ofBase64(hash.asText())));
      return new ConsistencyProof(from, to, hashes);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("the proof that came is none: " + e.getMessage(), e);
    }
  }

  private static Checkpoint checkpoint(String note, String source) {
    try {
      return Checkpoint.parse(SignedNote.parse(note).text());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(source + " is no signed checkpoint: " + e.getMessage(), e);
    }
  }

  /** So that two histories of one size are two files. */
  private static String digest(Checkpoint checkpoint) {
    return checkpoint.root().base64().replaceAll("[^0-9A-Za-z]", "").substring(0, 12);
  }
}
