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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Looks at one tenant's log and compares it with what was kept when it was looked at before.
 *
 * @param api the log, with the tenant's key
 * @param folder what is kept of this one log: its last checkpoint, the keys, and evidence
 * @param keys whose signatures count beside those that are kept; see {@link TrustedKeys}
 */
record Witness(ApiClient api, Path folder, List<String> keys) {

  private static final int OK = 200;
  private static final String PUBLISHED = "/.well-known/no-fate/audit-keys";
  private static final String KEYS = "audit-keys.json";
  private static final String SUFFIX = ".checkpoint";

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
    Optional<Checkpoint> kept = kept();
    ApiClient.Answer answer = api.get("/v1/audit/checkpoint");
    if (answer.status() != OK && kept.isPresent()) {
      OptionalLong end = endBefore(kept.get());
      if (end.isPresent()) {
        return new Sighting(
            kept.get().origin(), Found.SHORTER, kept.get().size(), end.getAsLong(), null);
      }
    }
    answer.expectStatus(OK, "GET /v1/audit/checkpoint");
    Checkpoint now = checkpoint(answer.text(), "the log's answer");
    TrustedKeys trusted = trusted();
    Found found =
        Checkpoint.open(SignedNote.parse(answer.text()), trusted.of(now.origin())).isEmpty()
            ? Found.NOT_SIGNED
            : kept.map(before -> compare(before, now)).orElse(Found.FIRST);
    UUID tenant = tenant(now);
    Path written =
        folder.resolve(
            found.exitCode() == 0
                ? tenant + SUFFIX
                : "%s.%d.%s.evidence".formatted(tenant, now.size(), digest(now)));
    WholeFile.replace(written, answer.text());
    return new Sighting(
        kept.orElse(now).origin(),
        found,
        kept.map(Checkpoint::size).orElse(null),
        now.size(),
        found.exitCode() == 0 ? null : written.toString());
  }

  /** What was signed when the log was looked at before. A folder is of one log. */
  private Optional<Checkpoint> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> kept = files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
      if (kept.size() > 1) {
        throw new CommandFailure(folder + " holds checkpoints of several logs");
      }
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      String note = Files.readString(kept.get(0), StandardCharsets.UTF_8);
      return Optional.of(checkpoint(note, kept.get(0).toString()));
    }
  }

  /** Where the log ends, when it says itself that this is before what it signed. */
  private OptionalLong endBefore(Checkpoint kept) {
    ApiClient.Answer head = api.get("/v1/audit/head");
    JsonNode seq = head.status() == OK ? head.json().path("seq") : null;
    return seq != null && seq.isIntegralNumber() && seq.asLong() < kept.size()
        ? OptionalLong.of(seq.asLong())
        : OptionalLong.empty();
  }

  private static UUID tenant(Checkpoint checkpoint) {
    return Origin.parse(checkpoint.origin())
        .orElseThrow(() -> new CommandFailure("the checkpoint's origin names no log"))
        .tenant();
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
    if (!kept.origin().equals(now.origin())) {
      return Found.ANOTHER_LOG;
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
