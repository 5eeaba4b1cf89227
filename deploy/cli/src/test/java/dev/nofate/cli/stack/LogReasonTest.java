package dev.nofate.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogReasonTest {

  @Test
  void findsErrorsAndCausesAmongStackTraces() {
    List<String> lines =
        """
        2026-11-23 10:00:00,000 INFO  [io.quarkus] (main) starting
        2026-11-23 10:00:01,000 ERROR [io.qua.run.Application] (main) Failed to start application: java.lang.RuntimeException
        	at dev.nofate.Start.run(Start.java:1)
        Caused by: java.lang.IllegalStateException: DATABASE_URL is not set
        	at dev.nofate.Database.url(Database.java:9)
        """
            .lines()
            .toList();

    assertThat(LogReason.of(lines).lines())
        .containsExactly(
            "2026-11-23 10:00:01,000 ERROR [io.qua.run.Application] (main) Failed to start application: java.lang.RuntimeException",
            "Caused by: java.lang.IllegalStateException: DATABASE_URL is not set");
  }

  @Test
  void keepsTheFurtherLinesOfAMessage() {
    List<String> lines =
        List.of(
            "Caused by: org.flywaydb.core.api.exception.FlywayValidateException: Validate failed",
            "Migration checksum mismatch for migration version 1",
            "-> Applied to database : 1",
            "-> Resolved locally    : 2",
            "\tat org.flywaydb.core.Flyway.migrate(Flyway.java:1)",
            "2026-11-23 10:00:02,000 INFO  [io.quarkus] (main) stopped");

    assertThat(LogReason.of(lines).lines()).containsExactlyElementsOf(lines.subList(0, 3));
  }

  @Test
  void saysARepeatedReasonOnce() {
    assertThat(LogReason.of(List.of("Caused by: x", "Caused by: x"))).isEqualTo("Caused by: x");
  }

  @Test
  void showsTheLastLinesWhenNothingIsMarked() {
    List<String> lines =
        java.util.stream.IntStream.range(0, 100).mapToObj(i -> "line " + i).toList();

    assertThat(LogReason.of(lines)).endsWith("line 99").startsWith("line 92");
  }

  @Test
  void shortensWhatIsTooLong() {
    assertThat(LogReason.of(List.of("Caused by: " + "x".repeat(10_000))))
        .hasSizeLessThan(500)
        .endsWith("…");
  }

  @Test
  void saysSoWhenThereIsNothing() {
    assertThat(LogReason.of(List.of())).isEqualTo("(its log is empty)");
    assertThat(LogReason.in(Path.of("/nonexistent/x.log"))).contains("no log");
  }
}
