package dev.nofate.audit.append;

import dev.nofate.audit.append.Lane.Offer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    return Uni.createFrom()
        .deferred(
            () -> {
              Timer.Sample sample = metrics.started();
              Pending pending = new Pending(draft);
              pending.answer().orTimeout(config.answerTimeout().toMillis(), TimeUnit.MILLISECONDS);
              enqueue(pending);
              return answer(pending)
                  .onItemOrFailure()
                  .invoke((appended, failure) -> metrics.answered(sample, appended, failure));
            });
  }

  private Uni<Appended> answer(Pending pending) {
    return Uni.createFrom()
        .<Appended>emitter(
            emitter ->
                pending
                    .answer()
                    .whenComplete(
                        (appended, failure) -> {
                          if (failure == null) {
                            emitter.complete(appended);
                          } else {
                            emitter.fail(failure);
                          }
                        }))
        .onFailure(TimeoutException.class)
        .transform(timeout -> new Refusal(Refusal.Reason.NOT_CONFIRMED, config.retryAfter()));
  }

  private void enqueue(Pending pending) {
    Offer offer = admit(pending) ? offer(pending) : Offer.FULL;
    switch (offer) {
      case FULL -> pending.refused(new Refusal(Refusal.Reason.QUEUE_FULL, config.retryAfter()));
      case STARTS -> drain(pending.draft().tenant());
      case WAITS -> {}
    }
  }

  private boolean admit(Pending pending) {
    long bytes = pending.draft().bytes();
    boolean fits =
        waiting.incrementAndGet() <= config.queueLength()
            & waitingBytes.addAndGet(bytes) <= config.queueBytes();
    if (!fits) {
      leave(pending);
    }
    metrics.queued(waiting.get());
    return fits;
  }

  private Offer offer(Pending pending) {
    Offer[] offer = new Offer[1];
    lanes.compute(
        pending.draft().tenant(),
        (tenant, lane) -> {
          Lane present = lane == null ? new Lane() : lane;
          offer[0] = present.offer(pending, config.queueLengthPerTenant());
          return present;
        });
    if (offer[0] == Offer.FULL) {
      leave(pending);
    }
    return offer[0];
  }

  private void leave(Pending pending) {
    waitingBytes.addAndGet(-pending.draft().bytes());
    metrics.queued(waiting.decrementAndGet());
  }

  private void drain(UUID tenant) {
    executor.execute(() -> next(tenant));
  }

  private void next(UUID tenant) {
    Lane lane = lanes.get(tenant);
    List<Pending> batch = lane.take(config.eventsPerBatch());
    batch.forEach(this::leave);
    List<Pending> awaited = batch.stream().filter(pending -> !pending.isAnswered()).toList();
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
