package dev.nofate.checks.runbook;

import dev.nofate.checks.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The places inside Markdown files that a link can name. */
public final class Anchors {

  private Anchors() {}

  /** Whether {@code file.md#anchor}, seen from the runbooks, leads somewhere. */
  public static boolean resolves(String link) {
    return resolves(Repository.path("deploy/runbooks"), link);
  }

  static boolean resolves(Path folder, String link) {
    int hash = link.indexOf('#');
    String file = hash < 0 ? link : link.substring(0, hash);
    Path path = folder.resolve(file).normalize();
    return Files.exists(path)
        && (hash < 0 || of(Repository.text(path)).contains(link.substring(hash + 1)));
  }

  static Set<String> of(String markdown) {
    return markdown
        .lines()
        .filter(line -> line.matches("#{1,6} .+"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
