package dev.nofate.cli.publication;

import dev.nofate.cli.publication.ClassFacts.Method;
import dev.nofate.cli.publication.ClassFacts.Reference;
import dev.nofate.cli.publication.ContractLine.Notes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Invariant I3 in bytecode: whoever stores an evaluation comes from a method that has appended to
 * the audit log. Going backwards from every statement that inserts an evaluation, through callers
 * and the makers of lambdas, each way ends at such a method.
 */
final class StoringPaths {

  private static final Pattern STORES =
      Pattern.compile("\\bINSERT\\s+INTO\\s+evaluations\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern APPENDS =
      Pattern.compile("dev/nofate/gate/audit/AuditLog\\.append\\w*");
  private static final String RECEIPT = "dev/nofate/audit/contract/AppendReceipt";

  private record Node(String owner, String name, String descriptor) {
    static Node of(Reference reference) {
      return new Node(reference.owner(), reference.name(), reference.descriptor());
    }

    @Override
    public String toString() {
      return owner.replace('/', '.') + "." + name;
    }
  }

  private final Notes notes;
  private final Map<Node, Set<Node>> callers = new HashMap<>();
  private final Set<Node> appending = new HashSet<>();
  private final Set<Node> storing = new HashSet<>();

  StoringPaths(Notes notes) {
    this.notes = notes;
  }

  void check(List<ClassFacts> classes) {
    classes.forEach(this::read);
    classes.forEach(this::throughInterfaces);
    notes.demand(
        !storing.isEmpty(), CodeBase.GATE, "no method that stores an evaluation was found");
    notes.demand(
        !appending.isEmpty(), CodeBase.GATE, "no method that appends to the log was found");
    storing.forEach(this::walkBack);
    notes.checked(
        "gate-service: each way in bytecode to what stores an evaluation (methods: %d) leads"
            + " through what appends to the audit log (methods: %d)",
        storing.size(), appending.size());
    for (ClassFacts type : classes) {
      for (Method method : type.methods()) {
        method.references().stream()
            .filter(r -> r.owner().equals(RECEIPT) && r.name().equals("<init>"))
            .forEach(
                r ->
                    notes.differs(
                        type.readableName() + "." + method.name(),
                        "makes a receipt of the log by itself"));
      }
    }
    notes.checked("gate-service: no class makes a receipt of the log by itself");
  }

  private void read(ClassFacts type) {
    for (Method method : type.methods()) {
      Node node = new Node(type.name(), method.name(), method.descriptor());
      if (method.texts().stream().anyMatch(text -> STORES.matcher(text).find())) {
        storing.add(node);
      }
      for (Reference reference : method.references()) {
        callers.computeIfAbsent(Node.of(reference), key -> new HashSet<>()).add(node);
        if (APPENDS.matcher(reference.owner() + "." + reference.name()).matches()) {
          appending.add(node);
        }
      }
    }
  }

  /** Whoever calls a supertype's method may call this one. */
  private void throughInterfaces(ClassFacts type) {
    for (String supertype : type.supertypes()) {
      for (Method method : type.methods()) {
        Set<Node> more = callers.get(new Node(supertype, method.name(), method.descriptor()));
        if (more != null && !method.name().startsWith("<")) {
          callers
              .computeIfAbsent(
                  new Node(type.name(), method.name(), method.descriptor()), key -> new HashSet<>())
              .addAll(more);
        }
      }
    }
  }

  private void walkBack(Node store) {
    Deque<Node> open = new ArrayDeque<>(List.of(store));
    Set<Node> seen = new HashSet<>(open);
    Set<String> around = new TreeSet<>();
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (appending.contains(node)) {
        continue;
      }
      Set<Node> before = callers.getOrDefault(node, Set.of());
      if (before.isEmpty()) {
        around.add(node.toString());
      }
      before.stream().filter(seen::add).forEach(open::push);
    }
    around.forEach(entry -> notes.differs(entry, "reaches " + store + " without the audit log"));
  }
}
