package dev.nofate.audit.append;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.audit.chain.Payload;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What a replica of the service is when it appends: a queue, and its own idea of every head. */
final class Replica {

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AppendQueue queue;

  Replica(AppendStore store, Executor executor, InstantSource clock, Map<String, String> settings) {
    queue = new AppendQueue(config(settings), store, clock, registry, executor);
  }

  Replica(AppendStore store, Executor executor) {
    this(store, executor, InstantSource.system(), Map.of());
  }

  CompletableFuture<Appended> append(Draft draft) {
    return queue.append(draft).subscribeAsCompletionStage();
  }

  CompletableFuture<List<Appended>> appendAll(List<Draft> drafts) {
    return queue.appendAll(drafts).subscribeAsCompletionStage();
  }

  AppendQueue queue() {
    return queue;
  }

  static AppendConfig config(Map<String, String> settings) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withMapping(AppendConfig.class);
    settings.forEach((key, value) -> builder.withDefaultValue("audit.append." + key, value));
    return builder.build().getConfigMapping(AppendConfig.class);
  }

  static Draft draft(UUID tenant, UUID appendId, int events) {
    List<Draft.Item> items = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      items.add(new Draft.Item("gate_passed", null, Payload.of(Map.of("n", i))));
    }
    return new Draft(appendId, tenant, items, Instant.MIN);
  }

  static Draft draft(UUID tenant, int events) {
    return draft(tenant, UuidCreator.getTimeOrderedEpoch(), events);
  }
}
