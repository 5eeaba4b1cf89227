package dev.nofate.cli.publication;

import dev.nofate.cli.publication.ClassFacts.Reference;
import dev.nofate.cli.publication.ContractLine.Notes;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The pure modules use what is listed and nothing else: no clock, randomness, input or output,
 * thread, or default of the machine.
 */
final class PureBytecode {

  /**
   * The rules, out of {@code purity.json}.
   *
   * @param modules folders of the pure modules
   * @param allowed types that they may mention
   * @param forbidden members of allowed types that they may not use
   */
  record Rules(List<String> modules, List<Allowed> allowed, List<Forbidden> forbidden) {

    /**
     * A set of types.
     *
     * @param types regular expression of internal names
     * @param why what they are for
     */
    record Allowed(String types, String why) {}

    /**
     * A set of members.
     *
     * @param members regular expression of {@code owner.name(parameters)result}
     * @param why what they would bring in
     */
    record Forbidden(String members, String why) {}

    static Rules shipped() {
      return DataFile.read("purity.json", Rules.class);
    }
  }

  private record Banned(Pattern members, String why) {}

  private final Notes notes;
  private final Rules rules;
  private final Pattern allowed;
  private final List<Banned> banned;

  PureBytecode(Notes notes, Rules rules) {
    this.notes = notes;
    this.rules = rules;
    this.allowed =
        Pattern.compile(
            String.join("|", rules.allowed().stream().map(Rules.Allowed::types).toList()));
    this.banned =
        rules.forbidden().stream()
            .map(each -> new Banned(Pattern.compile(each.members()), each.why()))
            .toList();
  }

  void check(Built built) {
    for (String module : rules.modules()) {
      List<ClassFacts> classes = built.module(module);
      classes.forEach(this::check);
      notes.demand(!classes.isEmpty(), module, "no class was found");
      notes.checked(
          "%s: bytecode of %d classes, %d allowed sets of types, %d forbidden members",
          module, classes.size(), rules.allowed().size(), rules.forbidden().size());
    }
  }

  void check(ClassFacts type) {
    type.types().stream()
        .filter(mentioned -> !allowed.matcher(mentioned).matches())
        .forEach(
            mentioned ->
                notes.differs(type.readableName(), "mentions " + mentioned.replace('/', '.')));
    for (ClassFacts.Method method : type.methods()) {
      for (Reference reference : method.references()) {
        String member = reference.owner() + "." + reference.name() + reference.descriptor();
        banned.stream()
            .filter(each -> each.members().matcher(member).matches())
            .forEach(
                each ->
                    notes.differs(
                        type.readableName() + "." + method.name(),
                        "uses " + reference + ": " + each.why()));
      }
    }
  }
}
