package dev.nofate.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Octets that no client library would send, to each web service and to the gateway. */
@SuiteTest
class DoorIT {

  private static final int QUIET_MS = 3_000;
  private static final int ENDLESS_CHUNKS = 16_384;

  /** Beyond the time a head or a body may take (20 s), and short of the idle timeout (75 s). */
  private static final int SLOW_SECONDS = 45;

  private static final String POST =
      "POST /v1/evaluations/forward HTTP/1.1\nHost: x\nContent-Type: application/json\n";
  private static final String SMUGGLED = "GET /internal/callers HTTP/1.1\nHost: x\n\n";

  @Test
  void aRequestThatTwoReadersCouldReadInTwoWaysIsRefused(Suite suite) throws IOException {
    Map<String, String> shapes = new LinkedHashMap<>();
    shapes.put("two lengths", POST + "Content-Length: 5\nContent-Length: 6\n\nhello!");
    shapes.put("one length twice", POST + "Content-Length: 5\nContent-Length: 5\n\nhello");
    shapes.put("a list of lengths", POST + "Content-Length: 5, 6\n\nhello!");
    shapes.put("a signed length", POST + "Content-Length: +5\n\nhello");
    shapes.put("a negative length", POST + "Content-Length: -5\n\nhello");
    shapes.put("a hexadecimal length", POST + "Content-Length: 0x5\n\nhello");
    shapes.put(
        "length and chunks",
        POST + "Content-Length: 4\nTransfer-Encoding: chunked\n\n0\n\n" + SMUGGLED);
    shapes.put(
        "chunks and length",
        POST + "Transfer-Encoding: chunked\nContent-Length: 60\n\n0\n\n" + SMUGGLED);
    shapes.put("a space before the colon", POST + "Content-Length : 5\n\nhello");
    shapes.put("a chunk size that is none", POST + "Transfer-Encoding: chunked\n\nzz\nhello\n");
    shapes.put("two hosts", POST + "Host: y\nContent-Length: 2\n\n{}");
    shapes.put("an octet in a name", POST + "X\u0001: y\nContent-Length: 2\n\n{}");
    shapes.put("a bare CR in a value", POST + "X: a\rb\nContent-Length: 2\n\n{}");
    shapes.put("a bare CR in a name", POST + "X\r: a\nContent-Length: 2\n\n{}");
    shapes.put("a bare CR for a line end", POST + "X: a\rContent-Length: 2\n\n{}");
    shapes.put("a transfer coding that is none", POST + "Transfer-Encoding: x\n\n" + SMUGGLED);
    shapes.put("two codings", POST + "Transfer-Encoding: gzip, chunked\n\n0\n\n" + SMUGGLED);
    shapes.put("a folded coding", POST + "Transfer-Encoding:\n chunked\n\n0\n\n" + SMUGGLED);
    shapes.put(
        "a folded other coding", POST + "Transfer-Encoding: x\n chunked\n\n0\n\n" + SMUGGLED);
    shapes.put("a folded length", POST + "Content-Length:\n 2\n\n{}");
    shapes.put("a length in two lines", POST + "Content-Length: 1\n 2\n\n{}");
    shapes.put("a fold of no field", "GET / HTTP/1.1\n X: a\nHost: x\n\n");
    shapes.put("no HTTP", "hello\n\n");
    for (String url : doors(suite)) {
      for (Map.Entry<String, String> shape : shapes.entrySet()) {
        try (RawSocket socket = new RawSocket(url)) {
          RawSocket.Reading reading = socket.send(shape.getValue()).read(QUIET_MS);
          assertThat(reading.status()).as(shape.getKey() + " at " + url).isIn(0, 400, 501);
          assertThat(reading.answers()).as(shape.getKey() + " at " + url).isLessThanOrEqualTo(1);
          assertThat(reading.text()).doesNotContain("Exception", "\tat ");
        }
      }
    }
  }

  /** RFC 9112, 5.2: a field over several lines is one field, or its request is refused. */
  @Test
  void aFoldedLineIsPartOfTheFieldBeforeIt(Suite suite) throws IOException {
    String key = suite.tenant().key();
    for (Map.Entry<String, String> door : guarded(suite).entrySet()) {
      String get = "GET " + door.getValue() + " HTTP/1.1\nHost: x\nConnection: close\n";
      assertThat(first(door.getKey(), get + "x-api-key: " + key + "\n\n")).isEqualTo(200);
      for (String fold : List.of(" ", "\t", "  \t ")) {
        assertThat(first(door.getKey(), get + "x-api-key: " + key + "\n" + fold + "more\n\n"))
            .as("a key goes on in the next line, at " + door.getKey())
            .isIn(400, 401);
        assertThat(first(door.getKey(), get + "X-Note: a\n" + fold + "x-api-key: " + key + "\n\n"))
            .as("a key stands in another field, at " + door.getKey())
            .isIn(400, 401);
      }
    }
  }

  @Test
  void headAndBodyBeyondTheLimitsAreRefusedBeforeTheyHaveArrived(Suite suite) throws IOException {
    for (String url : doors(suite)) {
      assertThat(first(url, "GET /" + "x".repeat(20_000) + " HTTP/1.1\nHost: x\n\n"))
          .as(url)
          .isIn(0, 400, 414);
      assertThat(first(url, "GET / HTTP/1.1\nHost: x\nX: " + "y".repeat(40_000) + "\n\n"))
          .as(url)
          .isIn(0, 400, 431);
      assertThat(first(url, POST + "Content-Length: 999999999\n\nhello")).as(url).isEqualTo(413);
      assertThat(first(url, POST + "Content-Length: 99999999999999999999\n\nhello"))
          .as(url)
          .isIn(400, 413);
      assertThat(endless(url)).as(url).isIn(0, 401, 404, 413);
    }
  }

  /** Every door is tried at the same time: the test takes as long as the limit. */
  @Test
  void aDripOfOctetsIsEndedHoweverLongItCouldGoOn(Suite suite) throws Exception {
    List<Callable<String>> drips = new ArrayList<>();
    for (String url : doors(suite)) {
      drips.add(() -> drip(url, "GET / HTTP/1.1\nHost: x\nX: "));
      drips.add(() -> drip(url, POST + "Content-Length: 100000\n\n"));
      drips.add(() -> drip(url, POST + "Transfer-Encoding: chunked\n\n"));
    }
    ExecutorService threads = Executors.newFixedThreadPool(drips.size());
    try {
      for (Future<String> drip : threads.invokeAll(drips)) {
        assertThat(drip.get()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** By door, a path that takes keys; the workers have none. */
  private static Map<String, String> guarded(Suite suite) {
    return Map.of(
        suite.serviceUrl("gate-service"), "/v1/evaluations",
        suite.serviceUrl("audit-service"), "/v1/audit/events?limit=1",
        suite.serviceUrl("billing-service"), "/v1/billing/account",
        suite.gatewayUrl(), "/v1/evaluations");
  }

  private static List<String> doors(Suite suite) {
    List<String> doors = new ArrayList<>();
    WebIT.GUARDED.keySet().forEach(service -> doors.add(suite.serviceUrl(service)));
    doors.add(suite.gatewayUrl());
    return doors;
  }

  private static int first(String url, String request) throws IOException {
    try (RawSocket socket = new RawSocket(url)) {
      return socket.send(request).read(QUIET_MS).status();
    } catch (java.net.SocketException e) {
      // Closed while the test was still sending.
      return 0;
    }
  }

  /** Chunks without an end; the other side has to stop them. */
  private static int endless(String url) throws IOException {
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    try (RawSocket socket = new RawSocket(url)) {
      socket.send(POST + "Transfer-Encoding: chunked\n\n");
      try {
        for (int i = 0; i < ENDLESS_CHUNKS; i++) {
          socket.octets(chunk);
        }
      } catch (java.net.SocketException e) {
        return socket.read(QUIET_MS).status();
      }
      throw new AssertionError(url + " took a gibibyte");
    }
  }

  /** Sends an octet a second; answers what is wrong when the connection outlives the limit. */
  private static String drip(String url, String beginning)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SLOW_SECONDS);
    try (RawSocket socket = new RawSocket(url)) {
      socket.send(beginning);
      while (System.nanoTime() < end) {
        socket.octets("1");
        if (socket.read(1_000).closed()) {
          return "";
        }
      }
      return "open after " + SLOW_SECONDS + " s: " + beginning + " at " + url;
    } catch (java.net.SocketException e) {
      return "";
    }
  }
}
