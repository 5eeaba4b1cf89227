package dev.nofate.cli.verify;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is compared with an export as it is walked.
 *
 * @param listeners each takes every event
 * @param notAsked what could be given and was not
 * @param content held open while the export is walked; may be null
 */
record Inputs(List<ChainListener> listeners, List<Finding> notAsked, ContentIndex content)
    implements AutoCloseable {

  static Inputs of(Path rulesets, Path contents, List<Path> ledger) throws IOException {
    List<ChainListener> listeners = new ArrayList<>();
    List<Finding> notAsked = new ArrayList<>();
    if ((rulesets == null) != (contents == null)) {
      throw new CommandFailure("--rulesets and --content are given together");
    }
    ContentIndex content = contents == null ? null : ContentIndex.of(contents);
    if (content == null) {
      notAsked.add(Finding.notAsked("decisions", "no rulesets and contents were given"));
    } else {
      listeners.add(new Reexecution(RulesetFiles.below(rulesets), content));
    }
    if (ledger.isEmpty()) {
      notAsked.add(Finding.notAsked("bill", "no ledger was given"));
    } else {
      List<LedgerProof> pages = new ArrayList<>();
      for (Path page : ledger) {
        pages.add(page(page));
      }
      listeners.add(new LedgerChecks(pages));
    }
    return new Inputs(listeners, notAsked, content);
  }

  private static LedgerProof page(Path path) throws IOException {
    LedgerProof page = Json.MAPPER.readValue(Files.readAllBytes(path), LedgerProof.class);
    if (page.entries() == null || page.prices() == null || page.minorUnitNanousd() < 1) {
      throw new CommandFailure(path + " is not a page of the bill's proof");
    }
    return page;
  }

  @Override
  public void close() throws IOException {
    if (content != null) {
      content.close();
    }
  }
}
