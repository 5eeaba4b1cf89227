package dev.nofate.audit.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

/** Callers that repeat an append under its id until it is acknowledged, and keep its place. */
final class Appending implements AutoCloseable {

  /** Events of each append. */
  static final int EVENTS = 2;

  private static final int CALLERS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What an acknowledgement says. */
  record Place(long firstSeq, long lastSeq, String headHash) {}

  private final PackagedService service;
  private final UUID tenant;
  private final AtomicBoolean goOn = new AtomicBoolean(true);
  private final Map<String, Place> acknowledged = new ConcurrentHashMap<>();
  private final AtomicIntegerArray refused = new AtomicIntegerArray(CALLERS);
  private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
  private final List<Future<?>> running = new ArrayList<>();

  Appending(PackagedService service, UUID tenant) {
    this.service = service;
    this.tenant = tenant;
    for (int caller = 0; caller < CALLERS; caller++) {
      int number = caller;
      running.add(threads.submit(() -> call(number)));
    }
  }

  private Void call(int caller) throws Exception {
    while (goOn.get()) {
      String append = UuidCreator.getTimeOrderedEpoch().toString();
      HttpResponse<String> answer = append(append);
      while (answer.statusCode() != 200) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body()).contains("\"AUDIT_UNAVAILABLE\"");
        refused.incrementAndGet(caller);
        TimeUnit.MILLISECONDS.sleep(20);
        answer = append(append);
      }
      acknowledged.put(append, place(JSON.readTree(answer.body())));
    }
    return null;
  }

  private HttpResponse<String> append(String append) throws Exception {
    String event = "{\"type\":\"admin_action\",\"payload\":{\"append\":\"%s\"}}".formatted(append);
    return service.append(
        "{\"append_id\":\"%s\",\"tenant\":\"%s\",\"events\":[%s,%s]}"
            .formatted(append, tenant, event, event));
  }

  /** What callers are told that repeat what was acknowledged, all of them at once. */
  Map<String, Place> repeated() throws Exception {
    Map<String, Future<Place>> answers = new HashMap<>();
    for (String append : acknowledged.keySet()) {
      answers.put(append, threads.submit(() -> replayed(append)));
    }
    Map<String, Place> repeated = new HashMap<>();
    for (Map.Entry<String, Future<Place>> answer : answers.entrySet()) {
      repeated.put(answer.getKey(), answer.getValue().get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
    return repeated;
  }

  private Place replayed(String append) throws Exception {
    JsonNode answer = JSON.readTree(append(append).body());
    assertThat(answer.path("replayed").asBoolean()).as("replayed: %s", answer).isTrue();
    return place(answer);
  }

  int acknowledged() {
    return acknowledged.size();
  }

  void untilAcknowledged(int more) {
    int count = acknowledged() + more;
    until(() -> acknowledged() >= count);
  }

  /** Until each caller was refused that often from now on. */
  void untilEachIsRefused(int times) {
    int[] before = IntStream.range(0, CALLERS).map(refused::get).toArray();
    until(
        () ->
            IntStream.range(0, CALLERS)
                .allMatch(caller -> refused.get(caller) >= before[caller] + times));
  }

  /** Ends when every append that was begun is acknowledged. */
  Map<String, Place> end() throws Exception {
    goOn.set(false);
    for (Future<?> caller : running) {
      caller.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return acknowledged;
  }

  @Override
  public void close() {
    goOn.set(false);
    threads.shutdownNow();
  }

  private void until(java.util.concurrent.Callable<Boolean> reached) {
    await()
        .atMost(PATIENCE)
        .failFast(
            "a caller was answered otherwise", () -> running.stream().anyMatch(Future::isDone))
        .until(reached);
  }

  private static Place place(JsonNode answer) {
    return new Place(
        answer.get("first_seq").longValue(),
        answer.get("last_seq").longValue(),
        answer.get("head_hash").textValue());
  }
}
