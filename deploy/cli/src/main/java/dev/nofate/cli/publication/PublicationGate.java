package dev.nofate.cli.publication;

import dev.nofate.cli.publication.ContractLine.Notes;
import dev.nofate.cli.publication.NoAdvice.WordList;
import java.nio.file.Path;
import java.util.List;

/** All lines, checked once. */
public final class PublicationGate {

  private PublicationGate() {}

  /**
   * Checks the project below a root.
   *
   * @param programs where Postgres is unpacked
   */
  public static PublicationReport check(Path root, Path programs) {
    try (ScratchDatabase database = ScratchDatabase.make(root, programs)) {
      return check(Built.read(CodeBase.below(root)), database);
    }
  }

  static PublicationReport check(Built built, ScratchDatabase database) {
    EngineTrials trials = new EngineTrials();
    return PublicationReport.of(
        List.of(
            new FourStates(built, database.checkConstraints()).check(),
            new NoAdvice(built, WordList.shipped()).check(),
            new ImmutableTables(built, database).check(),
            deterministic(built, trials),
            unrepaired(trials),
            refusal(built, trials),
            new RunsInCi().check(built.code().root())));
  }

  private static ContractLine deterministic(Built built, EngineTrials trials) {
    Notes notes = new Notes("Confirm gate engine is deterministic (no random/probabilistic logic)");
    new PureBytecode(notes, PureBytecode.Rules.shipped()).check(built);
    trials.deterministic(notes);
    return notes.line();
  }

  private static ContractLine unrepaired(EngineTrials trials) {
    Notes notes = new Notes("Verify no auto-repair or \"helpful\" modifications");
    trials.unrepaired(notes);
    return notes.line();
  }

  private static ContractLine refusal(Built built, EngineTrials trials) {
    Notes notes = new Notes("Confirm rejection is first-class (no hidden success paths)");
    trials.refusalIsFirstClass(notes);
    new StoringPaths(notes).check(built.module(CodeBase.GATE));
    return notes.line();
  }
}
