package dev.nofate.checks.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.checks.Repository;
import dev.nofate.checks.Yaml;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DashboardsTest {

  record Dashboard(
      String uid,
      String title,
      List<String> tags,
      String timezone,
      int schemaVersion,
      int version,
      boolean editable,
      String refresh,
      Map<String, String> time,
      Map<String, List<Variable>> templating,
      Map<String, List<Object>> annotations,
      List<Panel> panels) {}

  record Variable(String name, String label, String type, String query) {}

  record Panel(
      int id,
      String title,
      String description,
      String type,
      Place gridPos,
      Source datasource,
      JsonNode fieldConfig,
      List<Target> targets) {}

  record Place(int x, int y, int w, int h) {}

  record Source(String type, String uid) {}

  record Target(String refId, String expr, String legendFormat) {}

  private final Map<String, Dashboard> dashboards =
      Repository.files(Repository.path("deploy/observability/dashboards"), ".json").stream()
          .collect(Collectors.toMap(DashboardsTest::name, f -> Yaml.read(f, Dashboard.class)));

  @Test
  void areTheFourThatTheChecklistNames() {
    assertThat(dashboards.keySet())
        .containsExactlyInAnyOrder(
            "terminal-states", "gate-failures", "billing-revenue", "system-health");
  }

  @Test
  void everyPanelAsksSomethingOfTheChosenSourceAndOverlapsNoOther() {
    dashboards.forEach(
        (name, dashboard) -> {
          assertThat(dashboard.uid()).isEqualTo("nofate-" + name);
          assertThat(dashboard.editable()).isFalse();
          Set<String> cells = new HashSet<>();
          Set<Integer> ids = new HashSet<>();
          for (Panel panel : dashboard.panels()) {
            assertThat(ids.add(panel.id())).isTrue();
            assertThat(panel.datasource()).isEqualTo(new Source("prometheus", "${datasource}"));
            assertThat(panel.targets()).as(panel.title()).isNotEmpty();
            panel
                .targets()
                .forEach(t -> assertThat(t.expr()).isNotBlank().doesNotContain("tenant"));
            Place at = panel.gridPos();
            assertThat(at.x() + at.w()).isLessThanOrEqualTo(24);
            for (int x = at.x(); x < at.x() + at.w(); x++) {
              for (int y = at.y(); y < at.y() + at.h(); y++) {
                assertThat(cells.add(x + "/" + y)).as("%s in %s", panel.title(), name).isTrue();
              }
            }
          }
        });
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".json", "");
  }
}
