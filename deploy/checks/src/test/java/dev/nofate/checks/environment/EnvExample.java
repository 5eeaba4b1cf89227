package dev.nofate.checks.environment;

import dev.nofate.checks.Repository;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code deploy/.env.example}, read. */
public final class EnvExample {

  /**
   * One variable.
   *
   * @param meaning the lines of text before it
   * @param readers who reads it
   * @param secret whether it belongs into a secrets manager
   * @param production whether production does not start without it
   * @param standard the default, empty when there is none
   */
  public record Entry(
      String meaning, Set<Service> readers, boolean secret, boolean production, String standard) {}

  private static final String READ_BY = "# read by: ";

  private EnvExample() {}

  /**
   * Reads the file.
   *
   * @throws IllegalStateException when a block is not text, readers, variable
   */
  public static Map<String, Entry> read() {
    String text = Repository.text(Repository.path("deploy/.env.example"));
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (String block : text.split("\n\n+")) {
      List<String> lines = new ArrayList<>(block.lines().toList());
      if (lines.stream().allMatch(line -> line.startsWith("#"))) {
        continue;
      }
      String assignment = lines.remove(lines.size() - 1);
      String readBy = lines.isEmpty() ? "" : lines.remove(lines.size() - 1);
      int equals = assignment.indexOf('=');
      if (equals < 1 || !readBy.startsWith(READ_BY) || lines.isEmpty()) {
        throw new IllegalStateException("not text, readers, variable:\n" + block);
      }
      String name = assignment.substring(0, equals);
      String meaning = lines.stream().map(l -> l.substring(2)).collect(Collectors.joining(" "));
      if (entries.put(name, entry(meaning, readBy, assignment.substring(equals + 1))) != null) {
        throw new IllegalStateException(name + " stands there twice");
      }
    }
    return entries;
  }

  private static Entry entry(String meaning, String readBy, String standard) {
    List<String> marks = List.of(readBy.substring(READ_BY.length()).split(" · "));
    if (!Set.of("secret", "production").containsAll(marks.subList(1, marks.size()))) {
      throw new IllegalStateException("an unknown mark: " + readBy);
    }
    return new Entry(
        meaning,
        readers(marks.get(0)),
        marks.contains("secret"),
        marks.contains("production"),
        standard);
  }

  private static Set<Service> readers(String names) {
    if (names.equals("all")) {
      return EnumSet.allOf(Service.class);
    }
    Set<Service> readers = EnumSet.noneOf(Service.class);
    for (String name : names.split(" ")) {
      readers.add(
          Arrays.stream(Service.values())
              .filter(service -> service.shortName().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("no service: " + name)));
    }
    return readers;
  }
}
