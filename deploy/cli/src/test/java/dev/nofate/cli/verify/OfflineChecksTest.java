package dev.nofate.cli.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.Json;
import dev.nofate.cli.Nofate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receipts, checkpoints, decisions and bills, each held against the chain and each spoiled. */
class OfflineChecksTest {

  private static final String KEY =
      EvaluatedChain.SIGNER.verifier(EvaluatedChain.ORIGIN.toString()).toString();

  private final EvaluatedChain chain = EvaluatedChain.ofOne();
  private final StringWriter out = new StringWriter();
  @TempDir private Path folder;

  @Test
  void everythingHoldsTogether() throws IOException {
    String old = file("old.checkpoint", chain.checkpoint());
    chain.add("admin_action", Map.of());
    String receipt = file("a.receipt", chain.receipt(8));

    int exit =
        verify(
            export(chain.lines()),
            "--checkpoint",
            old,
            "--receipt",
            receipt,
            "--key",
            KEY,
            "--rulesets",
            rulesets(),
            "--content",
            content(EvaluatedChain.REQUEST),
            "--ledger",
            file("proof.json", proof()));

    assertThat(out.toString())
        .contains("Everything that was asked for holds.", "1 were decided again")
        .contains("240103425 nano-USD, 24 cents");
    assertThat(exit).isZero();
  }

  @Test
  void aReceiptAloneShowsItsEvent() throws IOException {
    assertThat(verify("--receipt", file("r", chain.receipt(3)), "--key", KEY)).isZero();
    assertThat(out.toString()).contains("event 3 (gate_passed)");
  }

  @Test
  void aReceiptOfAnotherKeyIsNotBelieved() throws IOException {
    String other =
        EvaluatedChain.SIGNER
            .verifier("other.example.com/audit/" + EvaluatedChain.TENANT)
            .toString();

    assertThat(verify("--receipt", file("r", chain.receipt(3)), "--key", other)).isEqualTo(1);
    assertThat(out.toString()).contains("NOT_SIGNED");
  }

  @Test
  void withoutAKeyItSaysThatItCouldNotCheck() throws IOException {
    assertThat(verify("--receipt", file("r", chain.receipt(3)))).isEqualTo(2);
    assertThat(out.toString()).contains("not checked", "no trusted key was given");
  }

  @Test
  void thePublishedKeyDocumentIsReadToo() throws IOException {
    byte[] raw = EvaluatedChain.SIGNER.verifier("audit.example.com").raw();
    String keys =
        file(
            "keys.json",
            "{\"host\":\"audit.example.com\",\"keys\":[{\"algorithm\":\"Ed25519\",\"public_key\":\""
                + java.util.Base64.getEncoder().encodeToString(raw)
                + "\"}]}");

    assertThat(verify("--receipt", file("r", chain.receipt(3)), "--key", keys)).isZero();
  }

  @Test
  void anExportThatLostItsTailIsShownByAnOlderCheckpoint() throws IOException {
    String checkpoint = file("c", chain.checkpoint());

    int exit =
        verify(export(chain.lines().subList(0, 7)), "--checkpoint", checkpoint, "--key", KEY);

    assertThat(exit).isEqualTo(1);
    assertThat(out.toString())
        .contains("TAIL_MISSING", "the last 2 are gone")
        .startsWith("Of the chain of tenant ")
        .contains(
            "7 events are there and follow one another without a gap; a checkpoint is over 9",
            "Of what is missing nothing could be checked")
        .doesNotContain(" holds.");
  }

  @Test
  void aCheckpointThatNoKnownKeySignedSaysNothingOfTheEnd() throws IOException {
    String checkpoint = file("c", chain.checkpoint());
    String other =
        EvaluatedChain.SIGNER
            .verifier("other.example.com/audit/" + EvaluatedChain.TENANT)
            .toString();

    int exit =
        verify(export(chain.lines().subList(0, 7)), "--checkpoint", checkpoint, "--key", other);

    assertThat(exit).isEqualTo(1);
    assertThat(out.toString())
        .contains("no trusted key signed", " holds.")
        .doesNotContain("TAIL_MISSING", "The end of the chain is missing");
  }

  @Test
  void aReceiptOfAnotherHistoryIsToldFromTheRightOne() throws IOException {
    chain.add("admin_action", Map.of());
    EvaluatedChain forgery = EvaluatedChain.ofOne();
    forgery.add("admin_action", Map.of("n", 1));
    String right = file("right", chain.receipt(10));
    String forged = file("forged", forgery.receipt(10));

    assertThat(verify(export(chain.lines()), "--receipt", right, "--receipt", forged, "--key", KEY))
        .isEqualTo(1);
    assertThat(out.toString())
        .contains(
            "receipt " + right + ": event 10 of the export is this one",
            "receipt " + forged + ": event 10 of the export is another");
  }

  @Test
  void aRewrittenChainIsNotTheOneThatWasSigned() throws IOException {
    String checkpoint = file("c", chain.checkpoint());
    EvaluatedChain forged = new EvaluatedChain();
    for (int i = 0; i < 9; i++) {
      forged.add("gate_passed", Map.of("n", i));
    }

    assertThat(verify(export(forged.lines()), "--checkpoint", checkpoint, "--key", KEY))
        .isEqualTo(1);
    assertThat(out.toString()).contains("ROOT_DIFFERS");
  }

  @Test
  void anotherRequestIsNotWhatWasCommittedTo() throws IOException {
    String other = EvaluatedChain.REQUEST.replace("1999", "19990");

    int exit = verify(export(chain.lines()), "--rulesets", rulesets(), "--content", content(other));

    assertThat(exit).isEqualTo(1);
    assertThat(out.toString())
        .contains("not what was committed to", "DETERMINISTIC_VIOLATION follows");
  }

  @Test
  void saysWhichDecisionsItCouldNotMakeAgain() throws IOException {
    String none = file("content.jsonl", "");

    assertThat(verify(export(chain.lines()), "--rulesets", rulesets(), "--content", none))
        .isEqualTo(2);
    assertThat(out.toString()).contains("1 not decided again: their content is not in the file");
  }

  @Test
  void whatAFileSaysWasErasedIsNotCheckedAndNotDiffering() throws IOException {
    String erased =
        file(
            "content.jsonl",
            "{\"evaluation_id\":\"" + EvaluatedChain.EVALUATION + "\",\"erased\":true}\n");

    assertThat(verify(export(chain.lines()), "--rulesets", rulesets(), "--content", erased))
        .isEqualTo(2);
    assertThat(out.toString()).contains("1 not decided again: their content is not in the file");
  }

  @Test
  void aCentTooManyDiffers() throws IOException {
    for (String[] change :
        List.of(
            new String[] {
              "\"quantity_cents\":24", "\"quantity_cents\":25", "cents reported differ"
            },
            new String[] {
              "240103425,\"frac", "250103425,\"frac", "the chain's units cost 240103425"
            },
            new String[] {"\"bytes_in\":234", "\"bytes_in\":235", "its units are"},
            new String[] {
              "\"nanousd_per_gate\":10000000",
              "\"nanousd_per_gate\":10000001",
              "units cost 240103431"
            },
            new String[] {"\"last_seq\":9", "\"last_seq\":10", "the chain ends before"})) {
      String spoiled = proof().replace(change[0], change[1]);
      assertThat(spoiled).isNotEqualTo(proof());
      assertThat(verify(export(chain.lines()), "--ledger", file("p.json", spoiled))).isEqualTo(1);
      assertThat(out.toString()).contains(change[2]);
    }
  }

  @Test
  void anEntryIsPricedByTheVersionThatWasEffective() throws IOException {
    String other =
        """
        "prices":[{"version":2,"tenant_id":%s,"effective_from":"%s",
          "nanousd_per_mib_in":1,"nanousd_per_mib_out":1,"nanousd_per_gate":1,
          "nanousd_per_audit_event":1,"tiers":{}},""";
    String own = '"' + Json.MAPPER.readTree(proof()).path("tenant_id").asText() + '"';

    for (String[] fits :
        List.of(
            new String[] {"null", "2026-11-23T11:00:00.000000Z"},
            new String[] {own, "2026-11-23T11:00:00.000000Z"},
            new String[] {"\"someone else\"", "2026-11-01T00:00:00.000000Z"})) {
      String with = proof().replace("\"prices\":[", other.formatted(fits[0], fits[1]));
      assertThat(verify(export(chain.lines()), "--ledger", file("p.json", with))).isZero();
    }
    for (String tenant : List.of("null", own)) {
      String with =
          proof().replace("\"prices\":[", other.formatted(tenant, "2026-11-23T10:00:00.000000Z"));
      assertThat(verify(export(chain.lines()), "--ledger", file("p.json", with))).isEqualTo(1);
      assertThat(out.toString()).contains("version 2 was effective when its period started");
    }
  }

  @Test
  void tiersAreCountedFromTheMonthsStart() {
    LedgerProof.Prices prices =
        new LedgerProof.Prices(
            1,
            null,
            null,
            0,
            0,
            7,
            0,
            new LedgerProof.Tiers(
                null,
                null,
                List.of(new LedgerProof.Tier(10, 0), new LedgerProof.Tier(20, 3)),
                null));
    LedgerProof.Units before = new LedgerProof.Units(0, 0, 0, 5, 0);
    LedgerProof.Units units = new LedgerProof.Units(0, 0, 0, 20, 0);

    assertThat(BillFormula.cost(before, units, prices, 0).nanousd()).isEqualTo(10 * 3 + 5 * 7);
  }

  @Test
  void saysTheSameInJson() throws IOException {
    verify("--receipt", file("r", chain.receipt(3)), "--key", KEY, "--json");

    JsonNode json = Json.MAPPER.readTree(out.toString());
    assertThat(json.path("verdict").asText()).isEqualTo("HOLDS");
    assertThat(json.path("findings")).isNotEmpty();
  }

  private String proof() throws IOException {
    String proof = chain.proof();
    LedgerProof page = Json.MAPPER.readValue(proof, LedgerProof.class);
    return proof.replace("HASH", BillFormula.usageHash(page.entries().get(0)));
  }

  private String rulesets() throws IOException {
    Files.write(folder.resolve("refund.json"), EvaluatedChain.document());
    return folder.resolve("refund.json").toString();
  }

  private String content(String request) throws IOException {
    return file(
        "content.jsonl",
        Json.MAPPER.writeValueAsString(
                Map.of(
                    "evaluation_id",
                    EvaluatedChain.EVALUATION.toString(),
                    "request",
                    request,
                    "salt",
                    EvaluatedChain.SALT))
            + "\n");
  }

  private String export(List<String> lines) throws IOException {
    return file("export.jsonl", String.join("\n", lines) + "\n");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private int verify(String... options) {
    List<String> words = new java.util.ArrayList<>(List.of("verify"));
    words.addAll(List.of(options));
    return Nofate.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(words.toArray(String[]::new));
  }
}
