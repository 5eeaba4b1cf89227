package dev.nofate.gate.engine.rendering;

import java.util.List;
import java.util.Set;

/**
 * Where a tag's value stands.
 *
 * @param fromFacts whether the path starts at the facts; otherwise at the element at hand
 * @param members names on the way, at least one
 */
record ValuePath(boolean fromFacts, List<String> members) {

  static final Set<String> FACTS = Set.of("ir", "context");

  static ValuePath of(String name) {
    List<String> members = List.of(name.split("\\."));
    return new ValuePath(!members.isEmpty() && FACTS.contains(members.get(0)), members);
  }

  Value from(Value here) {
    Value place = fromFacts ? here.run().facts() : here;
    for (String member : members) {
      place = place.below(member);
    }
    return place;
  }
}
