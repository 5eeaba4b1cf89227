package dev.nofate.checks.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.checks.Repository;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EnvExampleTest {

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[A-Z][^|]*`) \\|");
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9_]*)`");

  private final Map<String, EnvExample.Entry> example = EnvExample.read();
  private final Map<String, CodeVariables.Found> code = CodeVariables.read().all();

  @Test
  void namesEveryVariableThatTheCodeReadsAndNoOther() {
    assertThat(new TreeSet<>(example.keySet())).isEqualTo(new TreeSet<>(code.keySet()));
  }

  @Test
  void statesTheDefaultsOfTheCode() {
    Map<String, String> stated = new TreeMap<>();
    example.forEach((name, entry) -> stated.put(name, entry.standard()));
    Map<String, String> real = new TreeMap<>();
    code.forEach((name, found) -> real.put(name, found.standard()));
    assertThat(stated).isEqualTo(real);
  }

  @Test
  void saysWhichServiceReadsWhat() {
    Map<String, Set<Service>> stated = new TreeMap<>();
    example.forEach((name, entry) -> stated.put(name, entry.readers()));
    Map<String, Set<Service>> real = new TreeMap<>();
    code.forEach((name, found) -> real.put(name, found.readers()));
    assertThat(stated).isEqualTo(real);
  }

  @Test
  void explainsEachAndHoldsNoSecret() {
    example.forEach(
        (name, entry) -> {
          assertThat(entry.meaning()).as(name).hasSizeGreaterThan(10);
          if (entry.secret() && !name.equals("REDIS_URL")) {
            assertThat(entry.standard()).as(name).isEmpty();
          }
          if (name.matches(".*(SECRET|PASSWORD|API_KEY).*|DATABASE_(OWNER_)?URL")) {
            assertThat(entry.secret()).as(name).isTrue();
          }
        });
  }

  @Test
  void theTableInTheReadmeNamesTheSameVariables() {
    Set<String> rows = new TreeSet<>();
    Matcher row = ROW.matcher(Repository.text(Repository.path("deploy/README.md")));
    while (row.find()) {
      Matcher name = NAME.matcher(row.group(1));
      while (name.find()) {
        assertThat(rows.add(name.group(1))).as("%s stands there once", name.group(1)).isTrue();
      }
    }
    assertThat(rows).isEqualTo(new TreeSet<>(code.keySet()));
  }
}
