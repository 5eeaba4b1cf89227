package dev.nofate.audit.append;

import dev.nofate.audit.append.Lane.Offer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Group commit: appends of a tenant that arrive while a batch is being written wait and become the
 * next batch. One writer a tenant, tenants side by side. An instance is what a replica is: it
 * shares nothing with another but the database.
 */
final class AppendQueue {

  private final AppendConfig config;
  private final BatchWriter writer;
  private final AppendMetrics metrics;
  private final Executor executor;
  private final Map<UUID, Lane> lanes = new ConcurrentHashMap<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();

  /**
   * @param executor runs short work that waits for nothing, apart from any request
   */
  AppendQueue(
      AppendConfig config,
      AppendStore store,
      InstantSource clock,
      MeterRegistry registry,
      Executor executor) {
    this.config = config;
    this.metrics = new AppendMetrics(registry);
    this.writer = new BatchWriter(config, store, clock, metrics);
    this.executor = executor;
  }

  /**
   * Appends. Cancelling the answer does not cancel the append.
   *
   * @return the recorded append, or failed with a {@link Refusal}
   */
  Uni<Appended> append(Draft draft) {
    return appendAll(List.of(draft)).map(appended -> appended.get(0));
  }

  /**
   * Appends several of one tenant in one transaction. Cancelling the answer does not cancel them.
   *
   * @return the recorded appends in order, or failed with a {@link Refusal}
   */
  Uni<List<Appended>> appendAll(List<Draft> drafts) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Timer.Sample sample = metrics.started();
              Group group = Group.of(drafts);
              group.answer().orTimeout(config.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
              enqueue(group);
              return answer(group)
                  .onItemOrFailure()
                  .invoke((appended, failure) -> metrics.answered(sample, appended, failure));
            });
  }

  private Uni<List<Appended>> answer(Group group) {
    return Uni.createFrom()
        .<List<Appended>>emitter(
            emitter ->
                group
                    .answer()
                    .whenComplete(
                        (appended, failure) -> {
                          if (failure == null) {
                            emitter.complete(appended);
                          } else {
                            emitter.fail(failure);
                          }
                        }))
        .onFailure(CompletionException.class)
        .transform(Throwable::getCause)
        .onFailure(TimeoutException.class)
        .transform(timeout -> new Refusal(Refusal.Reason.NOT_CONFIRMED, config.retryAfter()));
  }

  private void enqueue(Group group) {
    Offer offer = admit(group) ? offer(group) : Offer.FULL;
    switch (offer) {
      case FULL -> group.refused(new Refusal(Refusal.Reason.QUEUE_FULL, config.retryAfter()));
      case STARTS -> drain(group.tenant());
      case WAITS -> {}
    }
  }

  private boolean admit(Group group) {
    boolean fits =
        waiting.addAndGet(group.size()) <= config.queueLength()
            & waitingBytes.addAndGet(group.bytes()) <= config.queueBytes();
    if (!fits) {
      leave(group);
    }
    metrics.queued(waiting.get());
    return fits;
  }

  private Offer offer(Group group) {
    Offer[] offer = new Offer[1];
    lanes.compute(
        group.tenant(),
        (tenant, lane) -> {
          Lane present = lane == null ? new Lane() : lane;
          offer[0] = present.offer(group, config.queueLengthPerTenant());
          return present;
        });
    if (offer[0] == Offer.FULL) {
      leave(group);
    }
    return offer[0];
  }

  private void leave(Group group) {
    waitingBytes.addAndGet(-group.bytes());
    metrics.queued(waiting.addAndGet(-group.size()));
  }

  private void drain(UUID tenant) {
    executor.execute(() -> next(tenant));
  }

  private void next(UUID tenant) {
    Lane lane = lanes.get(tenant);
    List<Group> batch = lane.take(config.eventsPerBatch());
    batch.forEach(this::leave);
    List<Pending> awaited =
        batch.stream()
            .filter(group -> !group.isAnswered())
            .flatMap(group -> group.appends().stream())
            .toList();
    if (!awaited.isEmpty()) {
      writer
          .write(tenant, awaited)
          .subscribe()
          .with(done -> drain(tenant), failure -> lost(tenant, awaited, failure));
    } else if (lane.stopWhenEmpty()) {
      lanes.computeIfPresent(tenant, (id, idle) -> idle.isIdle() ? null : idle);
    } else {
      drain(tenant);
    }
  }

  /** The writer answers everything itself; should it fail, nobody waits in vain. */
  private void lost(UUID tenant, List<Pending> batch, Throwable failure) {
    batch.forEach(pending -> pending.answer().completeExceptionally(failure));
    drain(tenant);
  }
}
