package dev.nofate.system.money;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The audit log as meter-worker asks it, of many tenants with one evaluation an hour of a day that
 * is over. Events are made up as they are asked for, so the size of the log is no memory of it.
 */
final class LogOfADay implements AutoCloseable {

  static final int HOURS = 24;
  private static final int EVENTS_AN_HOUR = 3;
  private static final int RECORDED = HOURS * EVENTS_AN_HOUR;
  private static final String[] TYPES = {"request_received", "response_emitted", "usage_recorded"};
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final HttpServer server;
  private final Instant start;
  private final TreeMap<String, AtomicLong> marks = new TreeMap<>();
  private final Map<String, JsonObject> receipts = new ConcurrentHashMap<>();

  LogOfADay(int tenants, Instant start) {
    this.start = start;
    for (int i = 0; i < tenants; i++) {
      marks.put(UUID.randomUUID().toString(), new AtomicLong());
    }
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newFixedThreadPool(8));
    server.createContext("/internal/audit/chains", this::read);
    server.createContext("/internal/audit/appends", this::append);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  java.util.Set<String> tenants() {
    return marks.keySet();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void read(HttpExchange exchange) throws IOException {
    Map<String, String> query = query(exchange);
    String[] path = exchange.getRequestURI().getPath().split("/");
    int limit = Integer.parseInt(query.get("limit"));
    answer(
        exchange,
        path.length == 4
            ? heads(query.getOrDefault("after", ""), limit)
            : events(path[4], Long.parseLong(query.get("after")), limit));
  }

  private JsonObject heads(String after, int limit) {
    JsonArray items = new JsonArray();
    String last = null;
    for (String tenant : marks.tailMap(after, false).keySet()) {
      if (items.size() == limit) {
        return new JsonObject().put("items", items).put("next", last);
      }
      long seq = RECORDED + marks.get(tenant).get();
      items.add(
          new JsonObject()
              .put("tenant", tenant)
              .put("seq", seq)
              .put("at", at(seq))
              .put("hash", hash(seq)));
      last = tenant;
    }
    return new JsonObject().put("items", items).putNull("next");
  }

  private JsonObject events(String tenant, long after, int limit) {
    JsonArray items = new JsonArray();
    long head = RECORDED + marks.get(tenant).get();
    for (long seq = after + 1; seq <= head && items.size() < limit; seq++) {
      String type = seq > RECORDED ? "period_closed" : TYPES[(int) ((seq - 1) % EVENTS_AN_HOUR)];
      items.add(
          new JsonObject()
              .put("at", at(seq))
              .put("payload", payload(type))
              .put("seq", seq)
              .putNull("subject")
              .put("tenant", tenant)
              .put("type", type)
              .put("v", 1)
              .put("hash", hash(seq)));
    }
    return new JsonObject().put("items", items).putNull("next");
  }

  private static JsonObject payload(String type) {
    return type.equals("usage_recorded")
        ? new JsonObject()
            .put("bytes_in", 2340)
            .put("bytes_out", 5670)
            .put("gates_executed", 6)
            .put("audit_writes", 9)
        : new JsonObject();
  }

  private String at(long seq) {
    Duration hour = Duration.ofHours((seq - 1) / EVENTS_AN_HOUR);
    return MICROS.format(
        seq > RECORDED ? start.plus(Duration.ofHours(HOURS)) : start.plus(hour).plusSeconds(60));
  }

  private static String hash(long seq) {
    return "%064x".formatted(seq);
  }

  private void append(HttpExchange exchange) throws IOException {
    JsonObject request =
        new JsonObject(
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    answer(
        exchange,
        receipts.computeIfAbsent(
            request.getString("append_id"),
            id -> {
              long seq = RECORDED + marks.get(request.getString("tenant")).incrementAndGet();
              return new JsonObject()
                  .put("first_seq", seq)
                  .put("last_seq", seq)
                  .put("head_hash", hash(seq))
                  .put("at", at(seq))
                  .put("replayed", false)
                  .put("recorded", new JsonArray());
            }));
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new TreeMap<>();
    String text = exchange.getRequestURI().getQuery();
    for (String pair : text == null ? new String[0] : text.split("&")) {
      query.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return query;
  }

  private static void answer(HttpExchange exchange, JsonObject body) throws IOException {
    byte[] bytes = body.encode().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
