package dev.nofate.cli.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.PrintWriter;
import java.util.List;

/**
 * A database that is back.
 *
 * @param backup it is from
 * @param replacedData where the data folder that was there is now; null when there was none
 * @param lastTransaction time of the last transaction that was replayed; null when there was none
 *     behind the backup
 * @param copySeconds copying and comparing digests
 * @param recoverySeconds replaying
 * @param verifySeconds making every hash again
 * @param signaturesChecked whether there was a key to check the checkpoints with
 * @param chains every chain
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Restored(
    String backup,
    String replacedData,
    String lastTransaction,
    double copySeconds,
    double recoverySeconds,
    double verifySeconds,
    boolean signaturesChecked,
    List<RestoredChain> chains) {

  /** A log that lost its tail. */
  public static final int TAIL_MISSING = 3;

  /** A log that is not what was signed, or no chain at all. */
  public static final int DIFFERS = 4;

  /** For scripts: 0, {@link #TAIL_MISSING} or {@link #DIFFERS}. */
  @JsonProperty
  public int exitCode() {
    if (chains.stream().anyMatch(RestoredChain::isBad)) {
      return DIFFERS;
    }
    return chains.stream().anyMatch(RestoredChain::lostItsTail) ? TAIL_MISSING : 0;
  }

  void print(PrintWriter out) {
    out.printf(
        "Restored backup %s: copied in %.1f s, replayed in %.1f s, %d chains verified in %.1f s.%n",
        backup, copySeconds, recoverySeconds, chains.size(), verifySeconds);
    out.printf("  last transaction  %s%n", lastTransaction == null ? "-" : lastTransaction);
    if (replacedData != null) {
      out.printf("  what was there    %s%n", replacedData);
    }
    if (!signaturesChecked) {
      out.println("  signatures        not checked: there is no key");
    }
    for (RestoredChain chain : chains) {
      out.printf(
          "  %-21s %s: %d events; %s%n",
          chain.outcome(), chain.tenant(), chain.events(), chain.observed());
    }
    out.println(summary());
  }

  /** What came of it, in a sentence. */
  public String summary() {
    return switch (exitCode()) {
      case TAIL_MISSING ->
          ("%d signed events are lost, the ends of %d of %d chains. What is left of every chain is intact, from its first"
                  + " event to its last.")
              .formatted(
                  chains.stream().mapToLong(RestoredChain::lost).sum(),
                  chains.stream().filter(RestoredChain::lostItsTail).count(),
                  chains.size());
      case DIFFERS -> "A log is not what was signed.";
      default -> "Every chain is intact, and holds what was signed wherever a checkpoint was kept.";
    };
  }
}
