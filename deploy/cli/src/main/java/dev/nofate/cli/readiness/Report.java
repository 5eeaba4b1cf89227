package dev.nofate.cli.readiness;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.readiness.Outcome.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The checklist, answered.
 *
 * @param target what was looked at
 * @param takenAt RFC 3339 UTC
 * @param counts lines by verdict
 * @param lines in the checklist's order, each exactly once
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Report(String target, String takenAt, Map<String, Long> counts, List<Answered> lines) {

  private static final String HIDDEN = "…";

  /**
   * A line as reports show it.
   *
   * @param id stable
   * @param chapter of the checklist
   * @param section of the checklist
   * @param line its text
   * @param verdict {@code verified}, {@code failed}, {@code needs_a_person} or {@code
   *     not_observable}
   * @param observed how it was verified, what was seen, or why nothing was
   * @param runbook below {@code deploy/runbooks}; where a line that is not verified leads to
   */
  record Answered(
      String id,
      String chapter,
      String section,
      String line,
      String verdict,
      String observed,
      String runbook) {}

  /** The report of a walk, without any of the secrets. */
  static Report of(String target, List<Finding> findings, Set<String> secrets) {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      counts.put(
          wire(verdict), findings.stream().filter(it -> it.outcome().verdict() == verdict).count());
    }
    return new Report(
        target,
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        counts,
        findings.stream().map(finding -> answered(finding, secrets)).toList());
  }

  private static Answered answered(Finding finding, Set<String> secrets) {
    Checklist.Line line = finding.line();
    return new Answered(
        line.id(),
        line.chapter(),
        line.section(),
        line.text(),
        wire(finding.outcome().verdict()),
        hidden(finding.outcome().says(), secrets),
        line.runbook());
  }

  /** Whatever a library put into its message, no secret leaves. */
  static String hidden(String text, Set<String> secrets) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, HIDDEN);
    }
    return shown;
  }

  static String wire(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  long count(Verdict verdict) {
    return counts.get(wire(verdict));
  }

  /** Whether no line failed. */
  boolean holds() {
    return count(Verdict.FAILED) == 0;
  }

  /** {@code sha256:} of the report's RFC 8785 form. */
  String digest() {
    try {
      byte[] canonical =
          new JsonCanonicalizer(Json.MAPPER.writeValueAsString(this)).getEncodedUTF8();
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (JsonProcessingException e) {
      throw new CommandFailure("cannot write JSON", e);
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("canonical JSON and SHA-256 are always there", e);
    }
  }

  /** The counts in a sentence. */
  String summary() {
    List<String> parts =
        Arrays.stream(Verdict.values())
            .map(verdict -> count(verdict) + " " + verdict.words().toLowerCase(Locale.ROOT))
            .toList();
    return "%d lines: %s.".formatted(lines.size(), String.join(", ", parts));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
