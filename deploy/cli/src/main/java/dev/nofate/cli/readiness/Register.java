package dev.nofate.cli.readiness;

import dev.nofate.cli.readiness.Checklist.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which check answers which line. A line that has none or two is a fault of this program. */
final class Register {

  /** Looks at one line. */
  @FunctionalInterface
  interface Check {
    Outcome look() throws Exception;
  }

  /** Checks that belong together. */
  @FunctionalInterface
  interface Family {
    void enter(Register register);
  }

  private final Map<String, Line> lines;
  private final Map<String, Check> checks = new LinkedHashMap<>();

  private Register(Checklist checklist) {
    lines =
        checklist.lines().stream()
            .collect(
                Collectors.toMap(
                    Line::id, Function.identity(), (one, two) -> one, LinkedHashMap::new));
  }

  /** The checks of all families, complete: each line has a check, or a person. */
  static Register of(Checklist checklist, List<Family> families) {
    Register register = new Register(checklist);
    families.forEach(family -> family.enter(register));
    List<String> unanswered = new ArrayList<>(register.lines.keySet());
    unanswered.removeAll(register.checks.keySet());
    unanswered.removeIf(id -> register.lines.get(id).person() != null);
    if (!unanswered.isEmpty()) {
      throw new IllegalStateException("no check answers " + unanswered);
    }
    return register;
  }

  /** Enters the check of a line. */
  Register line(String id, Check check) {
    Line line = lines.get(id);
    if (line == null || line.person() != null || checks.put(id, check) != null) {
      throw new IllegalStateException("the line " + id + " does not take this check");
    }
    return this;
  }

  /** The check of a line; for a line without one it says why a person decides. */
  Check check(Line line) {
    return line.person() == null
        ? checks.get(line.id())
        : () -> new Outcome.NeedsPerson(line.person());
  }
}
