package dev.nofate.cli.publication;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the gate looks at, as files.
 *
 * @param root the project's root
 * @param classes folders of compiled classes, main code only
 * @param openApi OpenAPI documents
 * @param pages templates and static pages
 * @param migrations folders of migration scripts
 */
record CodeBase(
    Path root, List<Path> classes, List<Path> openApi, List<Path> pages, List<Path> migrations) {

  static final String ENGINE = "gate-service/engine";
  static final String CHAIN = "audit-service/chain";
  static final String GATE = "gate-service/app";

  private static final List<String> MODULES =
      List.of(
          ENGINE,
          "gate-service/contract",
          "gate-service/kit",
          GATE,
          CHAIN,
          "audit-service/contract",
          "audit-service/app",
          "billing-service/contract",
          "billing-service/app",
          "meter-worker",
          "invoice-worker",
          "deploy/cli");

  private static final List<String> SCHEMAS = List.of("gate", "audit", "billing");

  /** Nothing that was built or fetched, and no test's fixture, is a source. */
  private static final Set<String> NOT_SOURCES =
      Set.of("target", ".git", ".nofate", ".mvn", "node_modules");

  /**
   * The project below a root.
   *
   * @throws CommandFailure when a module was not compiled: a check of nothing would hold
   */
  static CodeBase below(Path root) {
    List<Path> classes = MODULES.stream().map(module -> compiled(root, module)).toList();
    classes.stream()
        .filter(folder -> !Files.isDirectory(folder))
        .findFirst()
        .ifPresent(
            folder -> {
              throw new CommandFailure("no compiled classes in " + folder);
            });
    return new CodeBase(
        root,
        classes,
        sources(root, "**/openapi*.{yaml,yml,json}"),
        sources(root, "**/src/main/resources/{templates,META-INF/resources}/**"),
        SCHEMAS.stream().map(schema -> migrations(root, schema)).toList());
  }

  static Path compiled(Path root, String module) {
    return root.resolve(module).resolve("target/classes");
  }

  static Path migrations(Path root, String schema) {
    return root.resolve(schema + "-service/app/src/main/resources/db/migration");
  }

  CodeBase withClasses(Path more) {
    return new CodeBase(root, plus(classes, more), openApi, pages, migrations);
  }

  CodeBase withOpenApi(Path more) {
    return new CodeBase(root, classes, plus(openApi, more), pages, migrations);
  }

  CodeBase withPage(Path more) {
    return new CodeBase(root, classes, openApi, plus(pages, more), migrations);
  }

  CodeBase withMigrations(Path more) {
    return new CodeBase(root, classes, openApi, pages, plus(migrations, more));
  }

  /** How a path is named in reports. */
  String name(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }

  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> sources(Path root, String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return !folder.equals(root) && NOT_SOURCES.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (matcher.matches(file)) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + root + ": " + e.getMessage(), e);
    }
    Collections.sort(found);
    return List.copyOf(found);
  }

  private static List<Path> plus(List<Path> paths, Path more) {
    return Stream.concat(paths.stream(), Stream.of(more)).toList();
  }
}
