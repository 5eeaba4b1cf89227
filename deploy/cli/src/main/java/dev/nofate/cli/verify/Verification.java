package dev.nofate.cli.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.cli.verify.Finding.Outcome;
import java.util.List;

/**
 * What a whole verification showed. The members before {@code findings} are those of {@link
 * ExportCheck}, null when no export was given.
 *
 * @param verdict {@code HOLDS}, {@code DIFFERS} or {@code NOT_CHECKED}
 * @param findings everything that was checked and that was not
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Verification(
    Outcome verdict,
    Boolean valid,
    String tenant,
    Long events,
    String headHash,
    Long firstBadSeq,
    String code,
    String observed,
    List<Finding> findings) {

  static Verification of(ExportCheck export, List<Finding> findings) {
    Outcome verdict = Outcome.HOLDS;
    for (Outcome worse : List.of(Outcome.NOT_CHECKED, Outcome.DIFFERS)) {
      if (findings.stream().anyMatch(finding -> finding.outcome() == worse)) {
        verdict = worse;
      }
    }
    return export == null
        ? new Verification(verdict, null, null, null, null, null, null, null, findings)
        : new Verification(
            verdict,
            export.valid(),
            export.tenant(),
            export.events(),
            export.headHash(),
            export.firstBadSeq(),
            export.code(),
            export.observed(),
            findings);
  }

  int exitCode() {
    return switch (verdict) {
      case HOLDS, NOT_ASKED -> 0;
      case DIFFERS -> 1;
      case NOT_CHECKED -> 2;
    };
  }
}
