package dev.nofate.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerReadingTest {

  @Test
  void entriesThatFollowOneAnotherAreContiguous() {
    assertThat(new LedgerReading(List.of(entry(1, 9), entry(10, 20))).isContiguous()).isTrue();
  }

  @Test
  void aGapAnOverlapAndALateStartAreNot() {
    assertThat(new LedgerReading(List.of(entry(1, 9), entry(11, 20))).isContiguous()).isFalse();
    assertThat(new LedgerReading(List.of(entry(1, 9), entry(9, 20))).isContiguous()).isFalse();
    assertThat(new LedgerReading(List.of(entry(2, 9))).isContiguous()).isFalse();
  }

  @Test
  void unitsAndMoneyAreAddedUp() {
    LedgerReading ledger = new LedgerReading(List.of(entry(1, 9), entry(10, 20)));

    assertThat(ledger.units()).isEqualTo(new Units(4, 200, 400, 12, 18));
    assertThat(ledger.costNanousd()).isEqualTo(30_000_000);
    assertThat(ledger.reportedCents()).isEqualTo(2);
    assertThat(ledger.coveredSeq()).isEqualTo(20);
    assertThat(ledger.allReported()).isTrue();
  }

  private static JsonNode entry(long first, long last) {
    ObjectNode entry = Json.MAPPER.createObjectNode();
    entry.put("first_seq", first).put("last_seq", last).put("cost_nanousd", 15_000_000);
    entry
        .putObject("units")
        .put("evaluations", 2)
        .put("bytes_in", 100)
        .put("bytes_out", 200)
        .put("gates_executed", 6)
        .put("audit_writes", 9);
    entry.putObject("reported").put("quantity_cents", 1);
    return entry;
  }
}
