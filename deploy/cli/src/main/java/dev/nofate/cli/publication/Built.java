package dev.nofate.cli.publication;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the gate looks at, read once.
 *
 * @param code where it was read from
 * @param classes of each folder of compiled classes
 * @param openApi the texts of each OpenAPI document
 * @param pages the text of each page
 */
record Built(
    CodeBase code,
    Map<Path, List<ClassFacts>> classes,
    Map<Path, OpenApiTexts> openApi,
    Map<Path, String> pages) {

  static Built read(CodeBase code) {
    Map<Path, List<ClassFacts>> classes = new LinkedHashMap<>();
    code.classes().forEach(folder -> classes.put(folder, ClassReading.below(folder)));
    Map<Path, OpenApiTexts> openApi = new LinkedHashMap<>();
    code.openApi().forEach(file -> openApi.put(file, OpenApiTexts.of(file)));
    Map<Path, String> pages = new LinkedHashMap<>();
    code.pages().forEach(file -> pages.put(file, Texts.ofPage(file)));
    return new Built(code, classes, openApi, pages);
  }

  List<ClassFacts> all() {
    return classes.values().stream().flatMap(List::stream).toList();
  }

  /** The classes of one module of the project. */
  List<ClassFacts> module(String module) {
    return classes.get(CodeBase.compiled(code.root(), module));
  }

  /** Every constant of every enum of the suite: the names that documents may use. */
  Set<String> vocabulary() {
    Set<String> names = new TreeSet<>();
    all().forEach(type -> names.addAll(type.enumConstants()));
    return names;
  }
}
