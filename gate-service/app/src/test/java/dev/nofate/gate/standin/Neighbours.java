package dev.nofate.gate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * audit-service and billing-service over HTTP, as far as the gate uses them: an append is
 * remembered under its id, a standing can be set. What they really do is tested with the whole
 * suite.
 */
public final class Neighbours implements QuarkusTestResourceLifecycleManager {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, ArrayNode> CHAINS = new ConcurrentHashMap<>();
  private static final Map<String, ObjectNode> APPENDS = new ConcurrentHashMap<>();
  private static final Map<String, String> STANDINGS = new ConcurrentHashMap<>();
  private static final Map<String, String> BILLS = new ConcurrentHashMap<>();
  private static final List<String> ADOPTED = new CopyOnWriteArrayList<>();
  private static final List<Integer> BATCHES = new CopyOnWriteArrayList<>();
  private static final List<String> TOKENS = new ArrayList<>();
  private static volatile boolean auditDown;
  private static volatile boolean billingDown;
  private static volatile String lostType = "";
  private static volatile boolean lostAfterRecording;
  private static volatile long appendDelayMs;

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newFixedThreadPool(16));
    server.createContext("/internal/audit/appends", this::append);
    server.createContext("/internal/audit/append-batches", this::appendAll);
    server.createContext("/internal/audit/chains", this::heads);
    server.createContext("/internal/audit/chains/", this::receipt);
    server.createContext("/internal/accounts/", this::account);
    server.createContext("/v1/billing/payment-method", this::paymentMethod);
    server.createContext("/v1/billing/", this::bill);
    server.createContext("/q/health/ready", this::health);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    // Tests that need a job of the background run it themselves.
    return Map.of(
        "AUDIT_URL",
        url,
        "BILLING_URL",
        url,
        "nofate.erasure.every",
        "off",
        "nofate.reexecution.every",
        "off");
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  /** The events of a tenant's chain, in order. */
  public static List<JsonNode> chain(String tenant) {
    List<JsonNode> events = new ArrayList<>();
    ArrayNode chain = CHAINS.get(tenant);
    if (chain != null) {
      synchronized (chain) {
        chain.forEach(events::add);
      }
    }
    return events;
  }

  /** Takes events off the end of a tenant's chain. */
  public static void cut(String tenant, int events) {
    ArrayNode chain = CHAINS.get(tenant);
    synchronized (chain) {
      for (int i = 0; i < events; i++) {
        chain.remove(chain.size() - 1);
      }
    }
  }

  /** Sizes of the batches of appends seen. */
  public static List<Integer> batches() {
    return List.copyOf(BATCHES);
  }

  public static void auditDown(boolean down) {
    auditDown = down;
  }

  public static void billingDown(boolean down) {
    billingDown = down;
  }

  /**
   * Appends of this event type are not answered, as if the caller had died: before or after they
   * are recorded. An empty type ends that.
   */
  public static void loseAppendsOf(String type, boolean afterRecording) {
    lostAfterRecording = afterRecording;
    lostType = type;
  }

  public static void appendDelayMs(long delay) {
    appendDelayMs = delay;
  }

  /** What billing-service answers to everybody at an address below /v1/billing/. */
  public static void bill(String path, String body) {
    BILLS.put("/v1/billing/" + path, body);
  }

  public static void standing(String tenant, String standing) {
    STANDINGS.put(tenant, standing);
  }

  /** Authorization headers seen. */
  public static List<String> tokens() {
    synchronized (TOKENS) {
      return List.copyOf(TOKENS);
    }
  }

  private void appendAll(HttpExchange exchange) throws IOException {
    JsonNode requests = JSON.readTree(exchange.getRequestBody());
    BATCHES.add(requests.size());
    if (auditDown) {
      answer(exchange, 503, JSON.createObjectNode());
      return;
    }
    ArrayNode receipts = JSON.createArrayNode();
    requests.forEach(request -> receipts.add(record(request)));
    answer(exchange, 200, receipts);
  }

  private void append(HttpExchange exchange) throws IOException {
    synchronized (TOKENS) {
      TOKENS.add(exchange.getRequestHeaders().getFirst("Authorization"));
    }
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    if (auditDown) {
      answer(exchange, 503, JSON.createObjectNode());
      return;
    }
    pause(appendDelayMs);
    if (request.at("/events/0/type").textValue().equals(lostType)) {
      if (lostAfterRecording) {
        record(request);
      }
      answer(exchange, 503, JSON.createObjectNode());
      return;
    }
    answer(exchange, 200, record(request));
  }

  /** The end of the first chain behind an id. */
  private void heads(HttpExchange exchange) throws IOException {
    String after = exchange.getRequestURI().getQuery().replaceAll(".*after=([0-9a-f-]+).*", "$1");
    ObjectNode page = JSON.createObjectNode().putNull("next");
    ArrayNode items = page.putArray("items");
    CHAINS.keySet().stream()
        .filter(tenant -> tenant.compareTo(after) > 0)
        .sorted()
        .limit(1)
        .forEach(
            tenant ->
                items
                    .addObject()
                    .put("tenant", tenant)
                    .put("seq", chain(tenant).size())
                    .put("at", "2026-11-23T10:00:00.000000Z")
                    .put("hash", "00".repeat(32)));
    answer(exchange, auditDown ? 503 : 200, page);
  }

  /** Not a receipt, but a text that says which one was asked for. */
  private void receipt(HttpExchange exchange) throws IOException {
    String tenant = exchange.getRequestURI().getPath().split("/", -1)[4];
    String query = exchange.getRequestURI().getQuery();
    String found =
        chain(tenant).stream()
            .filter(event -> query.contains("subject=" + event.get("subject").textValue()))
            .filter(event -> query.contains("type=" + event.get("type").textValue()))
            .map(
                event ->
                    "receipt of %s %s of %s\n"
                        .formatted(
                            event.get("subject").textValue(),
                            event.get("type").textValue(),
                            tenant))
            .findFirst()
            .orElse(null);
    if (auditDown || found == null) {
      answer(exchange, auditDown ? 503 : 404, JSON.createObjectNode());
      return;
    }
    byte[] text = found.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain;charset=UTF-8");
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  private static synchronized ObjectNode record(JsonNode request) {
    String tenant = request.get("tenant").textValue();
    String id = tenant + request.get("append_id").textValue();
    ObjectNode known = APPENDS.get(id);
    if (known != null) {
      return known;
    }
    ArrayNode chain = CHAINS.computeIfAbsent(tenant, t -> JSON.createArrayNode());
    ArrayNode recorded = JSON.createArrayNode();
    synchronized (chain) {
      for (JsonNode event : request.get("events")) {
        ObjectNode envelope = event.deepCopy();
        envelope.put("seq", chain.size() + 1).put("v", 1).put("tenant", tenant);
        envelope.put("at", "2026-11-23T10:00:00.000000Z").put("hash", "00".repeat(32));
        if (!envelope.has("subject")) {
          envelope.putNull("subject");
        }
        chain.add(envelope);
        recorded.add(envelope);
      }
    }
    ObjectNode receipt = JSON.createObjectNode();
    receipt.put("first_seq", chain.size() - recorded.size() + 1).put("last_seq", chain.size());
    receipt.put("head_hash", String.format("%064x", chain.size()));
    receipt.put("at", "2026-11-23T10:00:00.000000Z").put("replayed", false);
    receipt.putArray("recorded");
    ObjectNode replay = receipt.deepCopy();
    replay.put("replayed", true).set("recorded", recorded);
    APPENDS.put(id, replay);
    return receipt;
  }

  private void health(HttpExchange exchange) throws IOException {
    ObjectNode checks = JSON.createObjectNode().put("status", auditDown ? "DOWN" : "UP");
    answer(exchange, auditDown ? 503 : 200, checks);
  }

  /** Ids of the provider's pages that were adopted. */
  public static List<String> adopted() {
    return List.copyOf(ADOPTED);
  }

  private void paymentMethod(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    if (path.length == 4) {
      answer(exchange, 201, JSON.createObjectNode().put("url", "https://pay.example/cs_1"));
      return;
    }
    ADOPTED.add(path[4]);
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private void bill(HttpExchange exchange) throws IOException {
    String body = BILLS.get(exchange.getRequestURI().getPath());
    answer(
        exchange,
        billingDown ? 503 : body == null ? 404 : 200,
        body == null ? JSON.createObjectNode() : JSON.readTree(body));
  }

  private void account(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (billingDown) {
      answer(exchange, 503, JSON.createObjectNode());
      return;
    }
    String tenant = exchange.getRequestURI().getPath().split("/", -1)[3];
    ObjectNode standing = JSON.createObjectNode();
    standing.put("tenant", tenant).put("standing", STANDINGS.getOrDefault(tenant, "ACTIVE"));
    standing.putNull("grace_until").put("version", 1);
    answer(exchange, 200, standing);
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static void pause(long ms) {
    if (ms > 0) {
      java.util.concurrent.locks.LockSupport.parkNanos(ms * 1_000_000);
    }
  }
}
