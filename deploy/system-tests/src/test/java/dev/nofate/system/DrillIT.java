package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.cli.Nofate;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The loss of everything, rehearsed on a stack of its own. */
class DrillIT {

  @TempDir private Path folder;

  @Test
  void whatIsDestroyedComesBackAndWhatIsLostIsSaid() throws Exception {
    StringWriter out = new StringWriter();
    StringWriter problems = new StringWriter();
    CommandLine command =
        Nofate.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(problems, true));

    int exit =
        command.execute(
            "drill",
            "--json",
            "--in=" + folder.resolve("stack"),
            "--load=PT8S",
            "--wal-every=PT2S",
            "--callers=2");

    assertThat(exit).as(out + problems.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.path("passed").booleanValue()).isTrue();
    assertThat(report.path("acknowledged").intValue()).isGreaterThan(20);
    assertThat(report.path("rpo_events").intValue())
        .isLessThan(report.path("acknowledged").intValue());
    assertThat(report.path("rto_seconds").doubleValue()).isPositive();
    assertThat(report.at("/restored/signatures_checked").booleanValue()).isTrue();
    assertThat(report.at("/restored/chains")).isNotEmpty();
    assertThat(folder.resolve("stack")).doesNotExist();
  }
}
