package dev.nofate.system.documents;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a document's commands find when they are run, and what they are expected to print. */
final class Stage {

  /**
   * Something that is expected of a block.
   *
   * @param start how the block begins, or a part of it that no other has
   * @param printed what is found in its output
   */
  record Expectation(String start, Pattern printed) {}

  private final Path folder;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Map<String, String> before = new LinkedHashMap<>();
  private final List<Expectation> expectations = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();

  /** With a folder of its own, in which the commands are run. */
  Stage(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** A variable that the document speaks of. */
  Stage with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** What a person does before a block that the document leaves to them. */
  Stage before(String part, String commands) {
    before.put(part, commands);
    return this;
  }

  /** What a block prints. */
  Stage prints(String part, String pattern) {
    expectations.add(new Expectation(part, Pattern.compile(pattern, Pattern.DOTALL)));
    return this;
  }

  /** What is done when all is over, whatever came of it. */
  Stage afterwards(Runnable work) {
    afterwards.add(work);
    return this;
  }

  Map<String, String> variables() {
    return variables;
  }

  Map<String, String> before() {
    return before;
  }

  List<Expectation> expectations() {
    return expectations;
  }

  void leave() {
    afterwards.forEach(Runnable::run);
  }
}
