package dev.nofate.gate.ruleset;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.nofate.gate.contract.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A published ruleset version.
 *
 * @param name the ruleset's name
 * @param version counts from 1 within the name
 * @param digest {@code sha256:} of the document's RFC 8785 form
 * @param publishedAt RFC 3339 UTC
 * @param document the document in RFC 8785 form; absent in lists
 */
@Schema(
    name = "PublishedRuleset",
    example =
        """
        {"name":"payments.transfer","version":3,
         "digest":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
         "published_at":"2026-11-23T10:00:00.000000Z"}""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PublishedRuleset(
    String name,
    int version,
    String digest,
    String publishedAt,
    @JsonRawValue @Schema(implementation = Object.class) String document) {

  static PublishedRuleset of(RulesetRow row) {
    return new PublishedRuleset(row.name(), row.version(), row.digest(), row.publishedAt(), null);
  }

  /** The first {@code limit} of the rows, and the cursor behind them when there are more. */
  static Page<PublishedRuleset> page(List<RulesetRow> rows, int limit) {
    boolean more = rows.size() > limit;
    List<RulesetRow> items = more ? rows.subList(0, limit) : rows;
    RulesetRow last = more ? items.get(limit - 1) : null;
    return new Page<>(
        items.stream().map(PublishedRuleset::of).toList(),
        last == null ? null : last.name() + "@" + last.version());
  }

  PublishedRuleset withDocument(String text) {
    return new PublishedRuleset(name, version, digest, publishedAt, text);
  }
}
