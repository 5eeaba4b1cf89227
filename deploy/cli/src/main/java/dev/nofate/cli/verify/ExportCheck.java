package dev.nofate.cli.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.audit.chain.ChainVerifier;
import dev.nofate.audit.chain.Fault;
import dev.nofate.audit.chain.Verdict;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the recomputation of an exported chain showed.
 *
 * @param valid whether every event was where and what the chain says
 * @param tenant whose chain; null when not valid
 * @param events how many events were verified; null when not valid
 * @param headHash hash of the last of them; null when not valid
 * @param firstBadSeq the place of the first fault; null when valid
 * @param code kind of fault; null when valid
 * @param observed what was observed there; null when valid
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ExportCheck(
    boolean valid,
    String tenant,
    Long events,
    String headHash,
    Long firstBadSeq,
    String code,
    String observed) {

  static final String HEAD_DIFFERS = "HEAD_DIFFERS";

  /**
   * Recomputes a chain from the genesis hash on, in constant memory.
   *
   * @param export JSON Lines, an envelope and its {@code hash} a line
   * @throws IOException when it cannot be read to its end
   */
  public static ExportCheck of(InputStream export) throws IOException {
    return of(ChainVerifier.startingAtGenesis().acceptAll(export));
  }

  static ExportCheck of(Verdict verdict) {
    if (verdict instanceof Verdict.Valid valid) {
      return new ExportCheck(
          true,
          valid.head().tenant().toString(),
          valid.events(),
          valid.head().hash().hex(),
          null,
          null,
          null);
    }
    Fault fault = ((Verdict.Broken) verdict).fault();
    return new ExportCheck(false, null, null, null, fault.seq(), fault.code().name(), fault.text());
  }

  /**
   * The same check, which also demands that the chain ends with this hash: an export can be cut
   * short unseen.
   */
  ExportCheck endingWith(String expectedHead) {
    if (!valid || expectedHead == null || expectedHead.equals(headHash)) {
      return this;
    }
    return new ExportCheck(
        false,
        null,
        null,
        null,
        events + 1,
        HEAD_DIFFERS,
        "the chain ends with " + headHash + " at seq " + events + ", not with " + expectedHead);
  }
}
