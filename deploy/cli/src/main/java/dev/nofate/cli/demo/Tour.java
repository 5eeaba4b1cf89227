package dev.nofate.cli.demo;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.stack.StackFile;
import dev.nofate.cli.stack.TenantMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The chapters, in order, for a tenant that exists for this run alone. */
final class Tour {

  private final Journal journal;
  private final StackFile stack;
  private final Path exports;

  Tour(Journal journal, StackFile stack, Path exports) {
    this.journal = journal;
    this.stack = stack;
    this.exports = exports;
  }

  /** Plays all chapters; answers the id of the tenant that they are about. */
  String play() {
    journal.chapter("A tenant of its own");
    TenantMaker.NewTenant tenant =
        new TenantMaker(stack.gatewayUrl()).make("demo run", stack.adminToken());
    journal.say("tenant %s".formatted(tenant.tenantId()));
    Scene scene =
        new Scene(
            journal,
            stack,
            tenant.tenantId(),
            new ApiClient(stack.gatewayUrl(), tenant.apiKey()),
            folder());
    GrantDesk grants = new GrantDesk(tenant.tenantId());
    new RulesetChapter(scene, grants).play();
    int sent = new ProposalChapter(scene, grants).play();
    new ReplayChapter(scene).play(sent);

    ChainChapter chain = new ChainChapter(scene);
    ChainReading open =
        chain.play("The chain is exported and verified offline", tenant.tenantId() + ".jsonl");
    LedgerChapter ledger = new LedgerChapter(scene);
    LedgerReading closed = ledger.await(open);
    ledger.hold(sent, open, closed);

    new StandingChapter(scene, Proposal.shipped().get(0), grants).play();
    chain.play("The chain after all of it", tenant.tenantId() + "-after.jsonl");
    return tenant.tenantId();
  }

  private Path folder() {
    try {
      return Files.createDirectories(exports);
    } catch (IOException e) {
      throw new CommandFailure("cannot make the folder " + exports + ": " + e.getMessage(), e);
    }
  }
}
