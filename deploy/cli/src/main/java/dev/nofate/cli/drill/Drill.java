package dev.nofate.cli.drill;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.backup.Backup;
import dev.nofate.cli.backup.Restoration;
import dev.nofate.cli.backup.Restored;
import dev.nofate.cli.demo.ChainReading;
import dev.nofate.cli.demo.Journal;
import dev.nofate.cli.demo.LedgerReading;
import dev.nofate.cli.demo.Patience;
import dev.nofate.cli.load.LoadRequest;
import dev.nofate.cli.stack.Database;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.Stack;
import dev.nofate.cli.stack.StackFile;
import dev.nofate.cli.stack.TenantMaker;
import dev.nofate.cli.verify.ExportCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Backup under load, disaster, restore, verification, resumption, reconciliation. */
final class Drill {

  private static final Duration METER_PERIOD = Duration.ofSeconds(10);
  private static final Duration CLOSING_TIME = Duration.ofMinutes(2);
  private static final int FIRST_ANSWERS = 20;
  private static final int BACKUPS_KEPT = 7;
  private static final int OK = 200;
  private static final int CREATED = 201;

  /**
   * How it is done.
   *
   * @param load time under load between backup and disaster
   * @param callers at once
   * @param walEvery the write-ahead log is archived at latest after this time
   * @param patience for each start of the stack
   */
  record Plan(Duration load, int callers, Duration walEvery, Duration patience) {}

  private final Home home;
  private final Stack stack;
  private final Journal journal;
  private final Plan plan;

  Drill(Home home, Stack stack, Journal journal, Plan plan) {
    this.home = home;
    this.stack = stack;
    this.journal = journal;
    this.plan = plan;
  }

  DrillReport run() {
    journal.chapter("A stack of its own");
    StackFile running = up();
    TenantMaker.NewTenant tenant =
        new TenantMaker(running.gatewayUrl()).make("drill", running.adminToken());
    ApiClient api = new ApiClient(running.gatewayUrl(), tenant.apiKey());
    api.post("/v1/rulesets", LoadRequest.ruleset(), Map.of()).expect(CREATED, "the ruleset");

    journal.chapter("A backup under load");
    Client client = new Client(api, plan.callers());
    client.untilAnswered(FIRST_ANSWERS, plan.patience());
    Instant backedUpFrom = Instant.now();
    Backup.Taken backup =
        Backup.of(Database.running(home), Optional.of(running), home.backups())
            .take(plan.walEvery(), BACKUPS_KEPT);
    journal.say("%d files in %.1f s".formatted(backup.files(), backup.seconds()));
    pause(plan.load());
    Path checkpoint = keepCheckpoint(api);

    journal.chapter("The disaster");
    Instant disaster = Instant.now();
    long since = System.nanoTime();
    client.stop();
    stack.kill();
    Path data = Database.toStart(home).server().data();
    delete(data);
    delete(home.folder().resolve("redis"));
    journal.say("every process was killed, the data folders of Postgres and Redis are gone");
    List<Client.Answered> answers = client.end();

    journal.chapter("The way back");
    Restored restored =
        stack.whileDown(
            () ->
                Restoration.of(Database.toStart(home), home.backups())
                    .run(
                        new Restoration.Wishes(
                            null, null, List.of(checkpoint), List.of(), plan.patience())));
    restored
        .chains()
        .forEach(
            chain ->
                journal.say(
                    "%s %s: %d events; %s"
                        .formatted(
                            chain.outcome(), chain.tenant(), chain.events(), chain.observed())));
    journal.check(restored.exitCode() != Restored.DIFFERS, restored.summary());
    long starting = System.nanoTime();
    StackFile again = up();
    ApiClient resumed = new ApiClient(again.gatewayUrl(), tenant.apiKey());
    Client after = new Client(resumed, 1);
    after.untilAnswered(1, plan.patience());
    double rto = seconds(since);
    double start = seconds(starting);
    List<Client.Answered> fresh = after.end();

    Loss loss = Loss.of(answers, after::isStored, disaster);
    journal.say(
        "%d of %d answers are back".formatted(answers.size() - loss.lost().size(), answers.size()));
    journal.check(loss.isBehind(backedUpFrom), "everything from before the backup is back");
    reconcile(after, resumed, again, loss, fresh);
    return new DrillReport(
        journal.differences().isEmpty(),
        loss.acknowledged(),
        loss.lost().size(),
        loss.seconds(),
        rto,
        backup.seconds(),
        start,
        plan.walEvery().toSeconds(),
        restored,
        journal.differences());
  }

  /**
   * What was lost is asked for again; then chain and ledger are added up as if nothing had been.
   */
  private void reconcile(
      Client client, ApiClient api, StackFile running, Loss loss, List<Client.Answered> fresh) {
    journal.chapter("Reconciliation");
    long answered =
        loss.lost().stream()
            .filter(lost -> client.evaluate(lost.key(), lost.body()).status() == OK)
            .count();
    journal.check(
        answered == loss.lost().size(),
        "%d lost evaluations were asked for again under their keys".formatted(loss.lost().size()));
    ChainReading chain = exported(api);
    int expected = loss.acknowledged() + fresh.size();
    // A request that the disaster met on its way may have been recorded and never acknowledged.
    int emitted = chain.count("response_emitted");
    journal.check(
        emitted >= expected
            && emitted <= expected + plan.callers()
            && emitted == chain.count("usage_recorded"),
        "acknowledged = response_emitted = usage_recorded: %d = %d = %d, and at most %d unacknowledged"
            .formatted(expected, emitted, chain.count("usage_recorded"), plan.callers()));
    LedgerReading ledger =
        Patience.until(
            "ledger entries through seq " + chain.lastUsageSeq(),
            CLOSING_TIME,
            () -> LedgerReading.of(api),
            read -> read.coveredSeq() >= chain.lastUsageSeq() && read.allReported());
    journal.check(ledger.isContiguous(), "ledger entries cover the chain without gap or overlap");
    journal.check(ledger.units().equals(chain.units()), "units in the chain = units in the ledger");
    ApiClient audit = new ApiClient(running.services().get("audit-service").url(), null);
    journal.check(
        audit.get("/q/health/group/audit").status() == OK,
        "the log's own auditor sees no difference");
  }

  private StackFile up() {
    return stack.up(new Stack.Wishes(METER_PERIOD, null, plan.patience()));
  }

  /** What a careful tenant keeps. */
  private Path keepCheckpoint(ApiClient api) {
    ApiClient.Answer answer = api.get("/v1/audit/checkpoint");
    if (answer.status() != OK) {
      throw new CommandFailure("GET /v1/audit/checkpoint answered " + answer.status());
    }
    try {
      return Files.writeString(home.folder().resolve("kept.checkpoint"), answer.text());
    } catch (IOException e) {
      throw new CommandFailure("cannot keep the checkpoint: " + e.getMessage(), e);
    }
  }

  private ChainReading exported(ApiClient api) {
    Path file = home.folder().resolve("chain-" + UUID.randomUUID() + ".jsonl");
    ApiClient.Download export = api.download("/v1/audit/export", file);
    if (export.status() != OK) {
      throw new CommandFailure("GET /v1/audit/export answered " + export.status());
    }
    try (InputStream in = Files.newInputStream(file)) {
      ExportCheck check = ExportCheck.of(in);
      journal.check(check.valid(), "the exported chain holds: %s events".formatted(check.events()));
    } catch (IOException e) {
      throw new CommandFailure("the export is not readable: " + e.getMessage(), e);
    }
    return ChainReading.of(file);
  }

  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new CommandFailure("cannot delete " + folder + ": " + e.getMessage(), e);
    }
  }

  private static double seconds(long since) {
    return Math.round((System.nanoTime() - since) / 1e8) / 10.0;
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted under load", e);
    }
  }
}
