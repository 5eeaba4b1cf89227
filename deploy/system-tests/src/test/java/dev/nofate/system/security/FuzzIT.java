package dev.nofate.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Anything, to every operation, directly and through the gateway: never a 500, a hang, a stack
 * trace, or an error that is no problem document. The seed is printed; {@code -Dnofate.fuzz.seed=…}
 * repeats a run and {@code -Dnofate.fuzz.requests=…} makes a longer one.
 */
@SuiteTest
class FuzzIT {

  private static final int REQUESTS = Integer.getInteger("nofate.fuzz.requests", 2_500);
  private static final long SEED = Long.getLong("nofate.fuzz.seed", System.nanoTime());
  private static final int HANGS_MS = 20_000;
  private static final int SHOWN = 10;
  private static final int SHOWN_CHARACTERS = 600;

  @Test
  void nothingThatIsSentHurts(Suite suite) throws IOException {
    System.out.println("fuzz: -Dnofate.fuzz.seed=" + SEED + " -Dnofate.fuzz.requests=" + REQUESTS);
    List<Endpoint> endpoints = Endpoint.all(suite);
    Tenant tenant = suite.tenant().withRuleset();
    RequestNoise noise = new RequestNoise(new Random(SEED), credentials(suite, tenant));
    Map<String, Integer> errorsBefore = errors(suite);
    List<String> faults = new ArrayList<>();
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int i = 0; i < REQUESTS && faults.size() < SHOWN; i++) {
      Endpoint endpoint = endpoints.get(i % endpoints.size());
      boolean direct = i / endpoints.size() % 2 == 0;
      String base = direct ? suite.serviceUrl(endpoint.service()) : suite.gatewayUrl();
      byte[] request = noise.request(endpoint);
      RawAnswer answer = send(base, request);
      statuses.merge(answer.status(), 1, Integer::sum);
      String sent = new String(request, StandardCharsets.ISO_8859_1);
      answer
          .fault(sent.substring(0, sent.indexOf(' ')))
          .ifPresent(fault -> faults.add(fault + ": " + show(sent) + "\n→ " + show(answer.text())));
    }
    System.out.println("fuzz: answers by status " + statuses);
    assertThat(faults).as("seed %d", SEED).isEmpty();
    assertThat(statuses.keySet()).contains(200, 400, 401, 404, 405, 415);
    assertThat(errors(suite)).as("errors in logs, seed %d", SEED).isEqualTo(errorsBefore);
    suite
        .file()
        .services()
        .values()
        .forEach(
            service ->
                assertThat(RestAssured.get(service.url() + "/q/health/ready").statusCode())
                    .isEqualTo(200));
  }

  private static RawAnswer send(String base, byte[] request) throws IOException {
    try (RawSocket socket = new RawSocket(base)) {
      try {
        socket.octets(new String(request, StandardCharsets.ISO_8859_1));
      } catch (SocketException e) {
        // Refused before it was sent in full; the answer is there.
      }
      RawSocket.Reading reading = socket.read(HANGS_MS);
      return new RawAnswer(reading.closed() ? reading.text() : "");
    }
  }

  private static List<String> credentials(Suite suite, Tenant tenant) {
    String own = "x-api-key: " + tenant.key();
    return List.of(
        own,
        own,
        own,
        own,
        "Authorization: Bearer " + tenant.key(),
        "Authorization: Bearer x.y.z",
        "x-api-key: \u00e9",
        "x-api-key: nf_live_" + "A".repeat(43));
  }

  private static Map<String, Integer> errors(Suite suite) {
    return suite.file().services().keySet().stream()
        .collect(
            Collectors.toMap(
                service -> service,
                service -> (int) suite.log(service).lines().filter(FuzzIT::isError).count()));
  }

  /** The auditor goes on telling of the chain that another test has tampered with. */
  private static boolean isError(String line) {
    return (line.contains(" ERROR ") || line.contains("\"level\":\"ERROR\""))
        && !line.contains("[dev.nofate.audit.auditor.Auditor]");
  }

  private static String show(String text) {
    return text.length() > SHOWN_CHARACTERS
        ? text.substring(0, SHOWN_CHARACTERS) + "… (" + text.length() + ")"
        : text;
  }
}
