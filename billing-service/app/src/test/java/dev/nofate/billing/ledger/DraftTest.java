package dev.nofate.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.nofate.billing.contract.LedgerEntryDraft;
import dev.nofate.billing.contract.UsageUnits;
import dev.nofate.billing.price.Rating;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DraftTest {

  private static final TenantId TENANT = new TenantId(UUID.randomUUID());
  private static final String HASH = "a".repeat(64);
  private static final String START = "2026-11-23T10:00:00Z";
  private static final String END = "2026-11-23T11:00:00Z";

  @Test
  void readsAWellFormedDraft() {
    Draft draft =
        Draft.read(TENANT, new LedgerEntryDraft(TENANT, START, END, 1, 9, HASH, UsageUnits.NONE));

    assertThat(draft.periodStart()).isEqualTo(Instant.parse(START));
    assertThat(draft.lastSeq()).isEqualTo(9);
  }

  @Test
  void namesEveryFaultAtOnce() {
    TenantId other = new TenantId(UUID.randomUUID());
    UsageUnits negative = new UsageUnits(0, -1, 0, 0, 0);
    LedgerEntryDraft draft =
        new LedgerEntryDraft(other, "yesterday", null, 0, 9, "A".repeat(64), negative);

    assertThatThrownBy(() -> Draft.read(TENANT, draft))
        .asInstanceOf(type(ProblemException.class))
        .extracting(ProblemException::problem)
        .satisfies(
            problem -> {
              assertThat(problem.code()).isEqualTo(ErrorCode.BAD_REQUEST);
              assertThat(problem.errors()).hasSize(6);
            });
  }

  @Test
  void refusesAPeriodThatEndsBeforeItStarts() {
    assertRefused(new LedgerEntryDraft(TENANT, END, START, 1, 9, HASH, UsageUnits.NONE));
  }

  @Test
  void refusesAnEmptyPeriod() {
    assertRefused(new LedgerEntryDraft(TENANT, START, START, 1, 9, HASH, UsageUnits.NONE));
  }

  @Test
  void refusesAnEmptyRange() {
    assertRefused(new LedgerEntryDraft(TENANT, START, END, 2, 1, HASH, UsageUnits.NONE));
  }

  @Test
  void refusesNumbersThatAReaderCouldNotTellExactly() {
    UsageUnits units = new UsageUnits(0, Rating.LARGEST + 1, 0, 0, 0);

    assertRefused(new LedgerEntryDraft(TENANT, START, END, 1, 9, HASH, units));
    assertRefused(
        new LedgerEntryDraft(TENANT, START, END, 1, Rating.LARGEST + 1, HASH, UsageUnits.NONE));
  }

  @Test
  void refusesADraftWithoutUnits() {
    assertRefused(new LedgerEntryDraft(TENANT, START, END, 1, 9, HASH, null));
  }

  @Test
  void refusesNoDraft() {
    assertRefused(null);
  }

  private static void assertRefused(LedgerEntryDraft draft) {
    assertThatThrownBy(() -> Draft.read(TENANT, draft)).isInstanceOf(ProblemException.class);
  }
}
