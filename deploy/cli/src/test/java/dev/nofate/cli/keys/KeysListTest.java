package dev.nofate.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.Nofate;
import dev.nofate.cli.fixture.StandInSuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class KeysListTest {

  private static final String KEYS =
      """
      {"items":[
        {"id":"0193b1c0-7e5b-7000-8000-2b1f0c9d4e11","name":"first","prefix":"nf_test_Qm9v",
         "scopes":["evaluate","rulesets:write","audit:read","billing:read","admin"],
         "created_at":"2026-11-23T10:00:00.000000Z","expires_at":null,"revoked_at":null,
         "last_used_at":"2026-11-23T10:05:00.000000Z"},
        {"id":"0193b1c0-7e5b-7000-8000-2b1f0c9d4e12","name":"second","prefix":"nf_live_Qm9v",
         "scopes":["evaluate"],"created_at":"2026-11-23T10:00:00.000000Z",
         "expires_at":"2026-12-23T10:00:00.000000Z","revoked_at":"2026-11-24T10:00:00.000000Z",
         "last_used_at":null}],
       "next":null}
      """;

  private StandInSuite suite;

  @BeforeEach
  void start() throws IOException {
    suite =
        StandInSuite.answering(
            request ->
                request.line().startsWith("GET /v1/api-keys")
                    ? new StandInSuite.Answer(200, KEYS)
                    : new StandInSuite.Answer(404, ""));
  }

  @AfterEach
  void stop() {
    suite.close();
  }

  @Test
  void columnsLineUpHoweverManyScopesAKeyHas() {
    StringWriter out = new StringWriter();
    CommandLine nofate = Nofate.commandLine().setOut(new PrintWriter(out));

    int code =
        nofate.execute("keys", "list", "--url", suite.url(), "--key", "nf_test_" + "A".repeat(43));

    assertThat(code).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(3);
    String head = lines.get(0);
    assertThat(lines.get(1)).contains("audit:read,billing:read,admin  ");
    assertThat(lines.get(1).indexOf("first")).isEqualTo(head.indexOf("NAME"));
    assertThat(lines.get(1).indexOf("2026-11-23T10:05")).isEqualTo(head.indexOf("LAST USED"));
    assertThat(lines.get(2).indexOf("second")).isEqualTo(head.indexOf("NAME"));
    assertThat(lines.get(2).indexOf("2026-12-23")).isEqualTo(head.indexOf("EXPIRES"));
    assertThat(lines.get(2).indexOf("2026-11-24")).isEqualTo(head.indexOf("REVOKED"));
  }
}
