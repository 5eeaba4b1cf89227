package dev.nofate.audit.append;

import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.EventTime;
import dev.nofate.audit.contract.AppendReceipt;
import dev.nofate.audit.contract.AppendRequest;
import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.event.WireEvents;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Appends to chains: reads the request, queues it, answers with its place or a problem. */
@ApplicationScoped
public class AppendService {

  private final DraftReader drafts;
  private final AppendQueue queue;
  private final WireEvents wire;

  AppendService(
      AppendConfig config,
      AppendStore store,
      DraftReader drafts,
      InstantSource clock,
      MeterRegistry registry,
      DrainLoops loops,
      WireEvents wire) {
    this.drafts = drafts;
    this.queue = new AppendQueue(config, store, clock, registry, loops);
    this.wire = wire;
  }

  /**
   * Appends; the answer means durable.
   *
   * @throws ProblemException 400, 425 {@code TOO_EARLY}, 503 {@code AUDIT_UNAVAILABLE}
   */
  public Uni<AppendReceipt> append(AppendRequest request) {
    return Uni.createFrom()
        .item(() -> drafts.read(request))
        .chain(queue::append)
        .map(this::receipt)
        .onFailure(Refusal.class)
        .transform(refusal -> problem((Refusal) refusal));
  }

  /**
   * Appends several of one tenant in one transaction; the answer means durable.
   *
   * @throws ProblemException 400, 503 {@code AUDIT_UNAVAILABLE}
   */
  public Uni<List<AppendReceipt>> appendAll(List<AppendRequest> requests) {
    return Uni.createFrom()
        .item(() -> drafts.readAll(requests))
        .chain(queue::appendAll)
        .map(appended -> appended.stream().map(this::receipt).toList())
        .onFailure(Refusal.class)
        .transform(refusal -> problem((Refusal) refusal));
  }

  private AppendReceipt receipt(Appended appended) {
    List<Entry> entries = appended.entries();
    Entry last = entries.get(entries.size() - 1);
    List<ChainEvent> recorded =
        appended.replayed() ? entries.stream().map(wire::event).toList() : List.of();
    return new AppendReceipt(
        entries.get(0).envelope().seq(),
        last.envelope().seq(),
        last.hash().hex(),
        EventTime.text(last.envelope().at()),
        appended.replayed(),
        recorded);
  }

  private static ProblemException problem(Refusal refusal) {
    ProblemException problem =
        switch (refusal.reason()) {
          case QUEUE_FULL ->
              new ProblemException(
                  ErrorCode.AUDIT_UNAVAILABLE, "As many appends are waiting as can wait");
          case NOT_CONFIRMED ->
              new ProblemException(
                  ErrorCode.AUDIT_UNAVAILABLE, "The database did not confirm the append");
          case TOO_EARLY ->
              new ProblemException(ErrorCode.TOO_EARLY, "The log's clock is before not_before");
        };
    return problem.with("Retry-After", Long.toString(seconds(refusal.untilChange())));
  }

  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }
}
