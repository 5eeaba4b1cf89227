package dev.nofate.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.Nofate;
import dev.nofate.cli.fixture.StandInSuite;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TenantsListTest {

  private static final String FIRST = "0193b1c0-7e5b-7000-8000-2b1f0c9d4e11";
  private static final String SECOND = "0193b1c0-7e5b-7000-8000-2b1f0c9d4e12";

  private static final String ACME =
      """
      {"tenant_id":"%s","name":"acme","rate_limit_per_minute":432,"clerk_org_id":"org_2acme",
       "created_at":"2026-11-23T10:00:00.000000Z"}"""
          .formatted(FIRST);

  private static final String OTHER =
      """
      {"tenant_id":"%s","name":"other","rate_limit_per_minute":null,"clerk_org_id":null,
       "created_at":"2026-11-24T10:00:00.000000Z"}"""
          .formatted(SECOND);

  private StandInSuite suite;

  @BeforeEach
  void start() throws IOException {
    suite = StandInSuite.answering(request -> answer(request.line()));
  }

  private static StandInSuite.Answer answer(String line) {
    if (line.startsWith("GET /v1/tenants?limit=100&after=" + FIRST)) {
      return new StandInSuite.Answer(200, "{\"items\":[" + OTHER + "],\"next\":null}");
    }
    if (line.startsWith("GET /v1/tenants?limit=100")) {
      return new StandInSuite.Answer(200, "{\"items\":[" + ACME + "],\"next\":\"" + FIRST + "\"}");
    }
    return line.startsWith("GET /v1/tenants/" + FIRST)
        ? new StandInSuite.Answer(200, ACME)
        : new StandInSuite.Answer(404, "");
  }

  @AfterEach
  void stop() {
    suite.close();
  }

  @Test
  void everyPageIsListedInColumns() {
    List<String> lines = nofate("tenants", "list");
    assertThat(lines).hasSize(3);
    String head = lines.get(0);
    assertThat(lines.get(1)).startsWith(FIRST);
    assertThat(lines.get(1).indexOf("432")).isEqualTo(head.indexOf("RATE LIMIT"));
    assertThat(lines.get(1).indexOf("org_2acme")).isEqualTo(head.indexOf("ORGANIZATION"));
    assertThat(lines.get(2)).startsWith(SECOND);
    assertThat(lines.get(2).indexOf("default")).isEqualTo(head.indexOf("RATE LIMIT"));
    assertThat(lines.get(2).indexOf("other")).isEqualTo(head.indexOf("NAME"));
  }

  @Test
  void oneTenantIsShown() {
    assertThat(String.join("\n", nofate("tenants", "show", FIRST)))
        .contains("\"name\" : \"acme\"", "\"clerk_org_id\" : \"org_2acme\"");
  }

  private List<String> nofate(String... command) {
    StringWriter out = new StringWriter();
    CommandLine nofate = Nofate.commandLine().setOut(new PrintWriter(out));
    String[] where = {"--url", suite.url(), "--key", "nf_test_" + "A".repeat(43)};
    int code =
        nofate.execute(
            Stream.concat(Arrays.stream(command), Arrays.stream(where)).toArray(String[]::new));
    assertThat(code).isZero();
    return out.toString().lines().toList();
  }
}
