package dev.nofate.cli.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.backup.RestoredChain.Outcome;
import dev.nofate.cli.load.ChainFill;
import dev.nofate.cli.verify.TrustedKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore says of a log, whatever became of its database. */
class RestorationIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KEPT = 2;

  @TempDir private Path folder;
  private LogOfItsOwn log;
  private Backup backups;

  @BeforeEach
  void aLogThatIsBackedUp() throws Exception {
    log = new LogOfItsOwn(folder.resolve("server"));
    log.grow(20);
    log.sign();
    backups = Backup.of(log.database, Optional.empty(), folder.resolve("backups"));
    assertThat(backups.take(Duration.ofHours(1), KEPT).shorter()).isEmpty();
  }

  @AfterEach
  void stop() {
    log.close();
  }

  @Test
  void losesNothingWhileTheDiskIsThereAndSaysWhatIsGoneWhenItIsNot() throws Exception {
    log.grow(10);
    Path later = Files.writeString(folder.resolve("later"), log.sign());
    log.kill();

    Restored whole = restore(null, later);
    assertThat(whole.exitCode()).isZero();
    assertThat(only(whole))
        .isEqualTo(
            new RestoredChain(
                log.tenant.toString(), 30, 30L, Outcome.HOLDS, "all that was signed is there"));
    assertThat(Path.of(whole.replacedData())).isDirectory();

    log.destroy();
    Restored cut = restore(null, later);
    assertThat(cut.exitCode()).isEqualTo(Restored.TAIL_MISSING);
    assertThat(only(cut).outcome()).isEqualTo(Outcome.TAIL_MISSING);
    assertThat(cut.summary()).startsWith("10 signed events are lost, the ends of 1 of 1 chains.");
    assertThat(only(cut).events()).isEqualTo(20);
    assertThat(only(cut).observed()).isEqualTo("30 events were signed, the last 10 are gone");

    // A restored cluster is on a timeline of its own, and is backed up and restored like any other.
    assertThat(backups.take(Duration.ofHours(1), KEPT).shorter()).isEmpty();
    log.destroy();
    assertThat(only(restore(null)).outcome()).isEqualTo(Outcome.HOLDS);
  }

  @Test
  void knowsAForgedHistoryAndGoesBackToTheTimeBeforeIt() throws Exception {
    Instant before = Instant.now();
    log.forge(17);
    log.kill();

    Restored forged = restore(null);
    assertThat(forged.exitCode()).isEqualTo(Restored.DIFFERS);
    assertThat(only(forged).outcome()).isEqualTo(Outcome.ROOT_DIFFERS);

    // The archive alone holds nothing behind the backup: what the dead server left is kept.
    log.kill();
    Restored good = restore(before);
    assertThat(good.exitCode()).isZero();
    assertThat(only(good).events()).isEqualTo(20);
  }

  @Test
  void seesRowsCheckpointsAndProgressVanishTogether() throws Exception {
    log.execute(
        """
        SET session_replication_role = replica;
        DELETE FROM audit.audit_events WHERE seq > 15;
        DELETE FROM audit.audit_checkpoints;
        DELETE FROM audit.audit_progress;
        """);

    assertThat(backups.keepCheckpoints().shorter()).containsExactly(log.tenant.toString());
    log.kill();
    assertThat(only(restore(null)).outcome()).isEqualTo(Outcome.TAIL_MISSING);
  }

  @Test
  void keepsTheWitnessOfALostTailThoughTheLogGrowsPastIt() throws Exception {
    Path witness =
        backups.repository().checkpoints().resolve(log.tenant.toString() + ".checkpoint");
    String signed = Files.readString(witness);
    log.loseTail(15);
    log.grow(10);
    String later = log.sign();

    Backup.Taken taken = backups.keepCheckpoints();
    assertThat(taken.shorter()).isEmpty();
    assertThat(taken.other()).containsExactly(log.tenant.toString());
    Path evidence = backups.repository().checkpoints().resolve(log.tenant + ".20.evidence");
    assertThat(Files.readString(evidence)).isEqualTo(signed);
    assertThat(Files.readString(witness)).isEqualTo(later);
    log.grow(1);
    log.sign();
    assertThat(backups.keepCheckpoints().other()).containsExactly(log.tenant.toString());

    Files.delete(evidence);
    assertThat(backups.keepCheckpoints().other()).isEmpty();
  }

  @Test
  void goesOnFromAKeptCheckpointThatTheDatabaseLostWhileItsEventsAreThere() throws Exception {
    log.execute(
        """
        SET session_replication_role = replica;
        DELETE FROM audit.audit_checkpoints;
        """);
    log.grow(10);
    String later = log.sign();

    Backup.Taken taken = backups.keepCheckpoints();
    assertThat(taken.shorter()).isEmpty();
    assertThat(taken.other()).isEmpty();
    assertThat(backups.repository().checkpoints().resolve(log.tenant.toString() + ".checkpoint"))
        .hasContent(later.stripTrailing());
  }

  @Test
  void touchesNothingWhenTheBackupIsNotWhatItWas() throws Exception {
    Manifest manifest = backups.repository().choose(null, null);
    Path page = backups.repository().data(manifest.id()).resolve("global/pg_control");
    byte[] content = Files.readAllBytes(page);
    content[content.length - 1] ^= 1;
    Files.write(page, content);
    log.kill();

    assertThatThrownBy(() -> restore(null))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("global/pg_control of the backup is not what was copied into it");
    log.database.server().start();
    log.grow(1);
  }

  @Test
  void keepsSoManyBackupsAndTheLogThatTheyTakeAndReadsAFilledChain() throws Exception {
    for (int i = 0; i < KEPT; i++) {
      log.grow(1);
      backups.take(Duration.ofHours(1), KEPT);
    }

    UUID filled = UUID.randomUUID();
    long events = new ChainFill(log.database.superuser()).fill(filled, 3_000).seq();
    Claims none = new Claims(TrustedKeys.of(List.of()));
    assertThat(new ChainAudit(log.database.superuser(), none).verify())
        .anySatisfy(
            chain -> {
              assertThat(chain.tenant()).isEqualTo(filled.toString());
              assertThat(chain.events()).isEqualTo(events).isGreaterThanOrEqualTo(3_000);
              assertThat(chain.outcome()).isEqualTo(Outcome.WITHOUT_CHECKPOINT);
            });

    List<Manifest> kept = backups.repository().backups();
    assertThat(kept).hasSize(KEPT);
    try (var segments = Files.list(backups.repository().wal())) {
      assertThat(segments.map(path -> path.getFileName().toString().substring(0, 24)).sorted())
          .isNotEmpty()
          .allSatisfy(name -> assertThat(name).isGreaterThanOrEqualTo(kept.get(0).firstSegment()));
    }
    assertThatThrownBy(() -> backups.repository().choose(null, Instant.EPOCH))
        .isInstanceOf(CommandFailure.class);
  }

  private Restored restore(Instant at, Path... checkpoints) {
    return Restoration.of(log.database, folder.resolve("backups"))
        .run(
            new Restoration.Wishes(
                null, at, List.of(checkpoints), List.of(log.verifierKey()), PATIENCE));
  }

  private static RestoredChain only(Restored restored) {
    assertThat(restored.chains()).hasSize(1);
    return restored.chains().get(0);
  }
}
