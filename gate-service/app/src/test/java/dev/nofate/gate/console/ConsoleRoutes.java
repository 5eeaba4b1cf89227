package dev.nofate.gate.console;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;

/** The addresses of the console as its code declares them. */
final class ConsoleRoutes {

  private ConsoleRoutes() {}

  /** Every address that takes a form, with {@code {}} for each parameter, sorted. */
  static List<String> posts() {
    // What the classes refer to is of no interest, and cannot be read through the test's loader.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .importPath(java.nio.file.Path.of("target/classes/dev/nofate/gate/console")).stream()
            .filter(type -> !type.isInterface() && type.isAnnotatedWith(Path.class))
            .flatMap(
                type ->
                    type.getMethods().stream()
                        .filter(method -> method.isAnnotatedWith(POST.class))
                        .map(
                            method ->
                                base(type)
                                    + (method.isAnnotatedWith(Path.class)
                                        ? method.getAnnotationOfType(Path.class).value()
                                        : "")))
            .map(path -> path.replaceAll("\\{[^}]*}", "{}"))
            .sorted()
            .toList();
  }

  private static String base(JavaClass type) {
    return type.getAnnotationOfType(Path.class).value();
  }
}
