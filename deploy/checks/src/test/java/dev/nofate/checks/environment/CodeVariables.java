package dev.nofate.checks.environment;

import dev.nofate.checks.Repository;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The environment variables that the code reads, with their defaults and readers, taken from the
 * expressions in the services' settings and from the few places in Java that ask by name.
 */
public final class CodeVariables {

  /** What the code says of one variable. */
  public record Found(String standard, Set<Service> readers) {}

  private static final Pattern SETTING = Pattern.compile("(?m)^(?!#)([^=\\s]+)\\s*=\\s*(.*)$");
  private static final Pattern EXPRESSION =
      Pattern.compile("\\$\\{([A-Z][A-Z0-9_]+)(?::([^}]*))?}");
  private static final Pattern BY_NAME =
      Pattern.compile("(?:context, |getenv\\(|name = )\"([A-Z][A-Z0-9]*_[A-Z0-9_]+)\"");
  private static final Path KIT = Repository.path("gate-service/kit/src/main");
  private static final Set<Service> WITH_DATABASE =
      EnumSet.of(Service.GATE, Service.AUDIT, Service.BILLING);

  private final Map<String, Found> found = new TreeMap<>();

  private CodeVariables() {}

  /** Reads them all. */
  public static CodeVariables read() {
    CodeVariables all = new CodeVariables();
    all.settings(
        KIT.resolve("resources/META-INF/microprofile-config.properties"),
        EnumSet.allOf(Service.class));
    all.java(KIT.resolve("java"), EnumSet.allOf(Service.class));
    for (Service service : Service.values()) {
      Set<Service> self = EnumSet.of(service);
      all.settings(service.main().resolve("resources/application.properties"), self);
      all.java(service.main().resolve("java"), self);
    }
    return all;
  }

  public Map<String, Found> all() {
    return found;
  }

  private void settings(Path file, Set<Service> readers) {
    Matcher setting = SETTING.matcher(Repository.text(file));
    while (setting.find()) {
      Matcher expression = EXPRESSION.matcher(setting.group(2));
      while (expression.find()) {
        String standard = expression.group(2) == null ? "" : expression.group(2);
        add(expression.group(1), standard, using(setting.group(1), readers));
      }
    }
  }

  private void java(Path folder, Set<Service> readers) {
    for (Path file : Repository.files(folder, ".java")) {
      Matcher name = BY_NAME.matcher(Repository.text(file));
      while (name.find()) {
        add(name.group(1), "", using(name.group(1), readers));
      }
    }
  }

  /** Of what the kit offers to all, a few settings mean something to some services only. */
  private static Set<Service> using(String setting, Set<Service> readers) {
    Set<Service> using = EnumSet.copyOf(readers);
    if (setting.startsWith("REDIS_")) {
      using.retainAll(EnumSet.of(Service.GATE, Service.BILLING));
    } else if (setting.startsWith("DATABASE_")
        || setting.equals("MIGRATE_ONLY")
        || setting.equals("quarkus.init-and-exit")) {
      using.retainAll(WITH_DATABASE);
    } else if (setting.startsWith("nofate.sessions.")) {
      using.retainAll(WITH_DATABASE);
    } else if (setting.startsWith("quarkus.rest-client.gate-callers.")) {
      // gate-service is itself the directory of callers; workers are called by nobody.
      using.retainAll(EnumSet.of(Service.AUDIT, Service.BILLING));
    }
    return using;
  }

  private void add(String name, String standard, Set<Service> readers) {
    found.merge(
        name,
        new Found(standard, readers),
        (one, other) -> {
          Set<Service> both = EnumSet.copyOf(one.readers());
          both.addAll(other.readers());
          if (!one.standard().isEmpty()
              && !other.standard().isEmpty()
              && !one.standard().equals(other.standard())) {
            throw new IllegalStateException(name + " has two defaults in the code");
          }
          return new Found(one.standard().isEmpty() ? other.standard() : one.standard(), both);
        });
  }
}
