package dev.nofate.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.gate.engine.Compilation;
import dev.nofate.gate.engine.CompiledRuleset;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.RulesetCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Ruleset documents, compiled and found by their digest. */
final class RulesetFiles {

  private RulesetFiles() {}

  /**
   * Reads a document, or every {@code .json} of a folder. A document may stand alone or as the
   * member {@code document} of what the service answers about a version.
   */
  static Map<String, CompiledRuleset> below(Path path) throws IOException {
    Map<String, CompiledRuleset> rulesets = new HashMap<>();
    for (Path file : files(path)) {
      byte[] document = Files.readAllBytes(file);
      JsonNode json = Json.MAPPER.readTree(document);
      if (json.path("document").isObject()) {
        document = Json.MAPPER.writeValueAsBytes(json.get("document"));
      }
      Compilation compilation = RulesetCompiler.compile(document, EngineLimits.defaults());
      if (!(compilation instanceof Compilation.Compiled compiled)) {
        throw new CommandFailure(file + " is not a ruleset that can be published");
      }
      rulesets.put(compiled.ruleset().digest(), compiled.ruleset());
    }
    return rulesets;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }
}
