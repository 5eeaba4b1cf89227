package dev.nofate.system.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Shell;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.Tenant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** What the documents about the database find. What is restored stands beside the suite. */
final class DatabaseStages {

  private DatabaseStages() {}

  /** A log that is looked at as it was before. */
  static Stage mismatch(Suite suite, Path folder) {
    Tenant tenant = suite.tenant().withRuleset();
    Path backups = folder.resolve("backups");
    Path look = folder.resolve("look");
    tenant.request().get("/v1/audit/checkpoint").then().statusCode(200);
    Shell.Result backup = Shell.run(folder, suite.home(), "./nofate backup --to " + backups);
    assertThat(backup.exitCode()).as(backup.output()).isZero();
    tenant.evaluate(Proposals.transfer(1)).then().statusCode(200);
    Instant before = Instant.now();
    tenant.evaluate(Proposals.transfer(2)).then().statusCode(200);
    return TenantStages.of(tenant, folder)
        .with("BACKUPS", backups.toString())
        .with("EVIDENCE", folder.resolve("evidence").toString())
        .with("LOOK", look.toString())
        .with("SECRETS", suite.home().toString())
        .with("BEFORE", before.toString())
        .prints("--keep 1000", "signed checkpoint of")
        .prints("nofate verify chain.jsonl", "asked for holds")
        .prints("--at", "Restored backup .*EOF on .*before.jsonl")
        .afterwards(() -> end(suite, folder, look));
  }

  /** The whole way back, into another state folder. */
  static Stage restore(Suite suite, Path folder) {
    Path again = folder.resolve("again");
    return TenantStages.of(suite.tenant(), folder)
        .with("BACKUPS", folder.resolve("backups").toString())
        .before(
            "nofate down",
            """
            mkdir -m 700 '%1$s'
            cp -Rp '%2$s/secrets.json' '%2$s/keys' '%1$s'
            cp -Rp "$BACKUPS" '%1$s/backups'
            export NOFATE_HOME='%1$s' BACKUPS='%1$s/backups'
            """
                .formatted(again, suite.home()))
        .before(
            "billing reconcile",
            "URL=$(sed -n 's/^  \"gateway_url\" : \"\\(.*\\)\",$/\\1/p' '%s/stack.json')"
                .formatted(again))
        .prints("--checkpoints-only", "Backup .*A signed checkpoint of")
        .prints("nofate down", "Every chain is intact.*The stack is up.*Backup ")
        .prints("billing reconcile", "\"valid\":true.*compared with the chain")
        .afterwards(() -> end(suite, folder, again));
  }

  /** The stack beside the suite ends, and the suite archives nothing any more. */
  private static void end(Suite suite, Path folder, Path home) {
    Shell.run(folder, home, "./nofate down");
    try {
      Files.deleteIfExists(suite.home().resolve("postgres/archive-to"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
