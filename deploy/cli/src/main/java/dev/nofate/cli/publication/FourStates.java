package dev.nofate.cli.publication;

import dev.nofate.cli.publication.ContractLine.Notes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Invariant I1: four terminal states, no fifth. The names stand here a second time on purpose: the
 * engine's own list is what is checked.
 */
final class FourStates {

  static final Set<String> NAMES =
      Set.of(
          "DETERMINISTIC_COMPLIANCE",
          "DETERMINISTIC_VIOLATION",
          "NO_DETERMINISTIC_OUTCOME",
          "INVALID_INPUT");

  /** A word that can only be meant as a terminal state. */
  private static final Pattern STATE_LIKE =
      Pattern.compile("\\b(?:[A-Z]+_)*DETERMINISTIC(?:_[A-Z]+)+\\b|\\bINVALID_INPUT\\b");

  /** A code as documents and pages write them. */
  private static final Pattern CODE = Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b");

  private static final Pattern LITERAL = Pattern.compile("'([A-Z_]+)'");

  private final Notes notes = new Notes("Verify only 4 terminal states exist in codebase");
  private final Built built;
  private final List<CheckConstraint> constraints;

  FourStates(Built built, List<CheckConstraint> constraints) {
    this.built = built;
    this.constraints = constraints;
  }

  ContractLine check() {
    code();
    database();
    openApi();
    pages();
    return notes.line();
  }

  private void code() {
    int enums = 0;
    for (ClassFacts type : built.all()) {
      if (names(type.enumConstants())) {
        enums++;
        exactly(type.readableName(), type.enumConstants());
      }
      type.texts().forEach(text -> stateLike(type.readableName(), text));
    }
    boolean engine =
        built.module(CodeBase.ENGINE).stream().anyMatch(type -> names(type.enumConstants()));
    notes.demand(engine, CodeBase.ENGINE, "no enum of the terminal states was found");
    notes.checked(
        "code: enums of states (%d) and the string constants of %d classes",
        enums, built.all().size());
  }

  private void database() {
    int found = 0;
    for (CheckConstraint constraint : constraints) {
      List<String> values =
          LITERAL.matcher(constraint.definition()).results().map(match -> match.group(1)).toList();
      if (names(values)) {
        found++;
        exactly(constraint.table() + ", constraint " + constraint.name(), values);
      }
    }
    notes.demand(
        constraints.stream()
            .anyMatch(
                c ->
                    c.table().equals("gate.evaluations")
                        && c.definition().contains("INVALID_INPUT")),
        "gate.evaluations",
        "no constraint limits the terminal states");
    notes.checked(
        "database: %d of %d check constraints, read from a database made by the migrations",
        found, constraints.size());
  }

  private void openApi() {
    Set<String> vocabulary = built.vocabulary();
    int enums = 0;
    for (Map.Entry<java.nio.file.Path, OpenApiTexts> document : built.openApi().entrySet()) {
      String place = built.code().name(document.getKey());
      for (List<String> values : document.getValue().enums()) {
        if (names(values)) {
          enums++;
          exactly(place, values);
        }
      }
      document.getValue().texts().forEach(text -> known(place, text, vocabulary));
    }
    notes.demand(enums > 0, "OpenAPI", "no document lists the terminal states");
    notes.checked(
        "OpenAPI: lists of states (%d) in %d documents, and every code they name",
        enums, built.openApi().size());
  }

  private void pages() {
    Set<String> vocabulary = built.vocabulary();
    built.pages().forEach((page, text) -> known(built.code().name(page), text, vocabulary));
    notes.checked("console text: %d pages, and every code they name", built.pages().size());
  }

  private static boolean names(Collection<String> values) {
    return values.stream().anyMatch(NAMES::contains);
  }

  private void exactly(String place, Collection<String> values) {
    Set<String> found = new HashSet<>(values);
    if (!found.equals(NAMES)) {
      Set<String> more = new TreeSet<>(found);
      more.removeAll(NAMES);
      Set<String> absent = new TreeSet<>(NAMES);
      absent.removeAll(found);
      notes.differs(
          place, "the list of states has %s too many and lacks %s".formatted(more, absent));
    }
  }

  private void stateLike(String place, String text) {
    for (Matcher word = STATE_LIKE.matcher(text); word.find(); ) {
      if (!NAMES.contains(word.group())) {
        notes.differs(place, word.group() + " is named like a state and is none of the four");
      }
    }
  }

  /** Beside the four, a document or page names only codes that the code has. */
  private void known(String place, String text, Set<String> vocabulary) {
    stateLike(place, text);
    for (Matcher word = CODE.matcher(text); word.find(); ) {
      if (!vocabulary.contains(word.group())) {
        notes.differs(place, word.group() + " is no code of the suite");
      }
    }
  }
}
