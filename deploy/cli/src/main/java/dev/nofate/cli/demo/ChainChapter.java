package dev.nofate.cli.demo;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.verify.ExportCheck;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Exports the chain and verifies it from the file alone, with the code of {@code nofate verify}.
 */
final class ChainChapter {

  private static final int OK = 200;
  private static final String HEAD = "Audit-Head-Hash";

  private final Scene scene;

  ChainChapter(Scene scene) {
    this.scene = scene;
  }

  /** Exports under this name; answers what the file says. */
  ChainReading play(String title, String name) {
    scene.journal().chapter(title);
    Path file = scene.exports().resolve(name);
    ApiClient.Download export = scene.api().download("/v1/audit/export", file);
    if (export.status() != OK) {
      throw new CommandFailure("GET /v1/audit/export answered " + export.status());
    }
    ExportCheck check = verify(file);
    scene.journal().say("exported to %s".formatted(file));
    scene
        .journal()
        .check(
            check.valid() && check.tenant().equals(scene.tenantId()),
            check.valid()
                ? "the chain holds: %d events, head %s".formatted(check.events(), check.headHash())
                : "the chain breaks at seq %d: %s"
                    .formatted(check.firstBadSeq(), check.observed()));
    String head = export.headers().firstValue(HEAD).orElse("none");
    scene
        .journal()
        .check(head.equals(check.headHash()), "and ends with the head that the log stated");
    return ChainReading.of(file);
  }

  private static ExportCheck verify(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return ExportCheck.of(in);
    } catch (IOException e) {
      throw new CommandFailure("the export is not readable: " + e.getMessage(), e);
    }
  }
}
