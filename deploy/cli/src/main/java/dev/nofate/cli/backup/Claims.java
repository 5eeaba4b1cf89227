package dev.nofate.cli.backup;

import dev.nofate.audit.chain.note.SignedNote;
import dev.nofate.audit.chain.proof.Checkpoint;
import dev.nofate.audit.chain.proof.Origin;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.verify.TrustedKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checkpoints from outside of a database, by the tenant whose chain they are of. */
final class Claims {

  /**
   * What a checkpoint says.
   *
   * @param size of the tree
   * @param checkpoint with the root
   * @param signed whether a known key signed it
   */
  record Claim(long size, Checkpoint checkpoint, boolean signed) {}

  private final TrustedKeys keys;
  private final Map<String, List<Claim>> byTenant = new TreeMap<>();

  Claims(TrustedKeys keys) {
    this.keys = keys;
  }

  /**
   * Takes a checkpoint.
   *
   * @param source where it is from, for the message when it is none
   */
  void add(String source, String text) {
    try {
      SignedNote note = SignedNote.parse(text);
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      String tenant = Origin.parse(checkpoint.origin()).orElseThrow().tenant().toString();
      boolean signed =
          !keys.isEmpty() && Checkpoint.open(note, keys.of(checkpoint.origin())).isPresent();
      byTenant
          .computeIfAbsent(tenant, key -> new ArrayList<>())
          .add(new Claim(checkpoint.size(), checkpoint, signed));
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      throw new CommandFailure(source + " is no checkpoint of a log", e);
    }
  }

  boolean areVerified() {
    return !keys.isEmpty();
  }

  Set<String> tenants() {
    return new TreeSet<>(byTenant.keySet());
  }

  List<Claim> of(String tenant) {
    return byTenant.getOrDefault(tenant, List.of());
  }
}
