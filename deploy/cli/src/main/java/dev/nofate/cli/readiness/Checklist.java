package dev.nofate.cli.readiness;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The production checklist.
 *
 * @param lines in its order
 */
record Checklist(List<Line> lines) {

  /**
   * One line.
   *
   * @param id for code and machines
   * @param chapter heading above the section
   * @param section heading above the line
   * @param text as the checklist has it
   * @param runbook {@code file.md#anchor} below {@code deploy/runbooks}
   * @param person why a person decides it; null when a check does
   */
  record Line(
      String id, String chapter, String section, String text, String runbook, String person) {}

  private record Section(String chapter, String section, List<Entry> lines) {}

  private record Entry(String id, String line, String runbook, String person) {}

  /** The lines that are part of the command. */
  static Checklist shipped() {
    try (InputStream in = Checklist.class.getResourceAsStream("/readiness/checklist.yaml")) {
      List<Section> sections = new YAMLMapper().readValue(in, new TypeReference<>() {});
      return new Checklist(sections.stream().flatMap(Checklist::linesOf).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the checklist is not readable", e);
    }
  }

  /** Some of the lines, in their order. */
  Checklist only(List<String> ids) {
    List<Line> chosen = lines.stream().filter(line -> ids.contains(line.id())).toList();
    if (chosen.size() != new TreeSet<>(ids).size()) {
      throw new CommandFailure("a line of the checklist is not among its ids: " + ids);
    }
    return new Checklist(chosen);
  }

  private static Stream<Line> linesOf(Section section) {
    return section.lines().stream()
        .map(
            entry ->
                new Line(
                    entry.id(),
                    section.chapter(),
                    section.section(),
                    entry.line(),
                    entry.runbook(),
                    entry.person()));
  }
}
