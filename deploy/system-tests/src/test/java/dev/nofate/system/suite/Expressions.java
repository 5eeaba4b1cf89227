package dev.nofate.system.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that PromQL expressions in YAML and JSON files ask for. */
public final class Expressions {

  /** In Prometheus's language a name before no parenthesis, outside of labels, is a metric's. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

  private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|\"[^\"]*\"|\\[[^\\]]*]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right) *(\\([^)]*\\))?");
  private static final Set<String> WORDS =
      Set.of("and", "or", "unless", "bool", "offset", "inf", "nan");

  private Expressions() {}

  /** Those of every expression under a folder. */
  public static Set<String> metricsUnder(Path folder) {
    Set<String> metrics = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Expressions::holdsExpressions).toList()) {
        collect(new YAMLMapper().readTree(file.toFile()), metrics);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return metrics;
  }

  static Set<String> metrics(String expression) {
    String bare = LABELS.matcher(expression).replaceAll(" ");
    bare = GROUPING.matcher(bare).replaceAll(" ");
    Set<String> metrics = new TreeSet<>();
    Matcher name = NAME.matcher(bare);
    while (name.find()) {
      String rest = bare.substring(name.end()).stripLeading();
      if (!rest.startsWith("(") && !WORDS.contains(name.group()) && !inNumber(bare, name.start())) {
        metrics.add(name.group());
      }
    }
    return metrics;
  }

  private static boolean inNumber(String text, int start) {
    return start > 0 && Character.isDigit(text.charAt(start - 1));
  }

  private static boolean holdsExpressions(Path file) {
    String name = file.toString();
    return Stream.of(".json", "rules/nofate.yaml", "rules/backup.yaml").anyMatch(name::endsWith);
  }

  private static void collect(JsonNode node, Set<String> metrics) {
    for (JsonNode expression : node.findValues("expr")) {
      metrics.addAll(metrics(expression.asText()));
    }
  }
}
