package dev.nofate.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.billing.contract.LedgerEntryDraft;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.gate.contract.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UsageHashTest {

  static Stream<JsonNode> vectors() throws IOException {
    try (InputStream in = UsageHashTest.class.getResourceAsStream("/vectors/usage-hash-v1.json")) {
      JsonNode file = new ObjectMapper().readTree(in);
      return StreamSupport.stream(file.get("vectors").spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void givesTheHashOfEveryVector(JsonNode vector) {
    assertThat(hash(vector.get("entry"))).isEqualTo(vector.get("usage_hash").asText());
  }

  /** Written from the documentation alone: sorted members, no spaces, integers as they are. */
  @ParameterizedTest
  @MethodSource("vectors")
  void agreesWithASecondComputation(JsonNode vector) throws GeneralSecurityException {
    TreeMap<String, String> members = new TreeMap<>();
    vector
        .get("entry")
        .fields()
        .forEachRemaining(m -> members.put(m.getKey(), m.getValue().toString()));
    members.put("v", "1");
    String canonical =
        members.entrySet().stream()
            .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));

    assertThat(canonical).isEqualTo(vector.get("canonical").asText());
    assertThat(hash(vector.get("entry")))
        .isEqualTo(String.format(Locale.ROOT, "sha256:%064x", new BigInteger(1, digest)));
  }

  @Test
  void isTheSameUnderEveryLocale() throws IOException {
    JsonNode vector = vectors().findFirst().orElseThrow();
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(hash(vector.get("entry"))).isEqualTo(vector.get("usage_hash").asText());
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void changesWithEveryMember() throws IOException {
    JsonNode entry = vectors().findFirst().orElseThrow().get("entry");
    long distinct =
        Stream.concat(
                Stream.of(hash(entry)),
                Stream.of("entry_no", "last_seq", "bytes_in", "price_version", "cost_nanousd")
                    .map(
                        member ->
                            hash(
                                ((ObjectNode) entry.deepCopy())
                                    .put(member, entry.get(member).asLong() + 1))))
            .distinct()
            .count();

    assertThat(distinct).isEqualTo(6);
  }

  private static String hash(JsonNode entry) {
    TenantId tenant = TenantId.of(entry.get("tenant").asText());
    Draft draft =
        Draft.read(
            tenant,
            new LedgerEntryDraft(
                tenant,
                entry.get("period_start").asText(),
                entry.get("period_end").asText(),
                entry.get("first_seq").asLong(),
                entry.get("last_seq").asLong(),
                entry.get("last_hash").asText(),
                new UsageUnits(
                    entry.get("evaluations").asLong(),
                    entry.get("bytes_in").asLong(),
                    entry.get("bytes_out").asLong(),
                    entry.get("gates_executed").asLong(),
                    entry.get("audit_writes").asLong())));
    return UsageHash.of(
        draft,
        entry.get("entry_no").asLong(),
        entry.get("price_version").asLong(),
        entry.get("cost_nanousd").asLong());
  }
}
