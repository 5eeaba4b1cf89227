package dev.nofate.cli.readiness;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.readiness.Report.Answered;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report as one page that needs nothing else: for printing and for signing. */
final class HtmlReport {

  private static final String TEMPLATE = "readiness/report.mustache";
  private static final String SIGN_OFF = "Sign-Off";

  private HtmlReport() {}

  /**
   * Writes the page.
   *
   * @param recorded where the digest stands in the log, or why it does not
   */
  static void write(Report report, String recorded, Path file) {
    try {
      Files.writeString(file, page(report, recorded));
    } catch (IOException e) {
      throw new CommandFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  static String page(Report report, String recorded) {
    Mustache template = new DefaultMustacheFactory().compile(TEMPLATE);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("target", report.target());
    values.put("taken_at", report.takenAt());
    values.put("summary", report.summary());
    values.put("digest", report.digest());
    values.put("recorded", recorded);
    values.put("sections", sections(report));
    values.put(
        "signatures",
        report.lines().stream()
            .filter(line -> line.section().equals(SIGN_OFF))
            .map(line -> Map.of("who", line.line().replaceFirst(":.*", "")))
            .toList());
    StringWriter page = new StringWriter();
    template.execute(page, values);
    return page.toString();
  }

  private static List<Map<String, Object>> sections(Report report) {
    Map<String, List<Map<String, Object>>> sections = new LinkedHashMap<>();
    Map<String, String> chapters = new LinkedHashMap<>();
    for (Answered line : report.lines()) {
      sections.computeIfAbsent(line.section(), name -> new ArrayList<>()).add(row(line));
      chapters.put(line.section(), line.chapter());
    }
    List<Map<String, Object>> shown = new ArrayList<>();
    sections.forEach(
        (name, rows) ->
            shown.add(Map.of("name", name, "chapter", chapters.get(name), "rows", rows)));
    return shown;
  }

  private static Map<String, Object> row(Answered line) {
    return Map.of(
        "line", line.line(),
        "verdict", line.verdict(),
        "words", line.verdict().replace('_', ' '),
        "observed", line.observed(),
        "runbook", "verified".equals(line.verdict()) ? "" : line.runbook());
  }
}
