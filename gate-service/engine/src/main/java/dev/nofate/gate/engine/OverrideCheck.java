package dev.nofate.gate.engine;

import dev.nofate.gate.engine.RulesReader.Draft;
import dev.nofate.gate.engine.RulesetProblem.Code;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Holds the ids and overrides of rules against each other. */
final class OverrideCheck {

  private final List<Draft> drafts;
  private final DocumentCheck check;
  private final RulesetLimits limits;
  private final Map<String, Draft> byId = new HashMap<>();

  OverrideCheck(List<Draft> drafts, DocumentCheck check, RulesetLimits limits) {
    this.drafts = drafts;
    this.check = check;
    this.limits = limits;
  }

  void run() {
    for (Draft draft : drafts) {
      if (draft.id().map(id -> byId.putIfAbsent(id, draft) != null).orElse(false)) {
        report(Code.DUPLICATE_ID, draft, "/id", "another rule has this id");
      }
    }
    int total = 0;
    for (Draft draft : drafts) {
      total += draft.overrides().size();
      for (int i = 0; i < draft.overrides().size(); i++) {
        if (!byId.containsKey(draft.overrides().get(i))) {
          report(Code.UNKNOWN_OVERRIDE, draft, "/overrides/" + i, "no rule has this id");
        }
      }
    }
    if (total > limits.overrides()) {
      check.report(
          Code.LIMIT_EXCEEDED, "/rules", total + " overrides, limit " + limits.overrides());
      return;
    }
    drafts.stream()
        .filter(this::overridesItself)
        .forEach(
            draft ->
                report(
                    Code.CYCLIC_OVERRIDE,
                    draft,
                    "/overrides",
                    "the rule overrides itself, directly or through others"));
  }

  private boolean overridesItself(Draft from) {
    Set<String> seen = new HashSet<>();
    List<String> open = new ArrayList<>(from.overrides());
    while (!open.isEmpty()) {
      String id = open.remove(open.size() - 1);
      if (from.id().filter(id::equals).isPresent()) {
        return true;
      }
      if (seen.add(id) && byId.containsKey(id)) {
        open.addAll(byId.get(id).overrides());
      }
    }
    return false;
  }

  private void report(Code code, Draft draft, String suffix, String observed) {
    check.report(
        new RulesetProblem(
            code, draft.pointer() + suffix, draft.id(), OptionalInt.empty(), observed));
  }
}
