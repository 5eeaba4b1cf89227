package dev.nofate.audit.read;

import dev.nofate.audit.chain.Entry;
import dev.nofate.audit.chain.Position;
import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.ChainHead;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.EventRow;
import dev.nofate.audit.event.WireEvents;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Pages of events and of chains. */
@ApplicationScoped
public class EventPages {

  private final EventStore store;
  private final ChainReader chains;
  private final FilterReader filters;
  private final WireEvents wire;

  EventPages(EventStore store, ChainReader chains, FilterReader filters, WireEvents wire) {
    this.store = store;
    this.chains = chains;
    this.filters = filters;
    this.wire = wire;
  }

  /** Events of one chain by place and type; a limit of 0 is the default. */
  public Uni<Page<ChainEvent>> events(TenantId tenant, long after, int limit, List<String> types) {
    EventFilter filter =
        new EventFilter(
            filters.after(Long.toString(after)),
            orDefault(limit),
            filters.types(types),
            null,
            null,
            null);
    return events(tenant, filter);
  }

  Uni<Page<ChainEvent>> events(TenantId tenant, EventFilter filter) {
    return store.find(tenant.value(), filter).map(found -> page(found, filter.limit()));
  }

  /** Ends of chains in order of tenant id; a limit of 0 is the default. */
  public Uni<Page<ChainHead>> chains(String after, int limit) {
    int most = orDefault(limit);
    return store
        .heads(FilterReader.optional("after", after, FilterReader::uuid), most)
        .map(found -> heads(found, most));
  }

  /**
   * Place of the last event of a subject and a type.
   *
   * @throws dev.nofate.kit.problem.ProblemException 404 when there is none
   */
  public Uni<Long> last(TenantId tenant, UUID subject, String type) {
    return store
        .last(tenant.value(), subject, type)
        .map(found -> found.orElseThrow(ProblemException::notFound));
  }

  Uni<ChainHead> head(TenantId tenant) {
    return chains
        .last(tenant.value())
        .map(
            last ->
                last.map(wire::head).orElseGet(() -> wire.head(Position.genesis(tenant.value()))));
  }

  private Page<ChainHead> heads(List<EventRow> found, int limit) {
    List<EventRow> shown = found.subList(0, Math.min(limit, found.size()));
    String next = found.size() > limit ? shown.get(limit - 1).tenant().toString() : null;
    return new Page<>(shown.stream().map(wire::head).toList(), next);
  }

  private Page<ChainEvent> page(List<Entry> found, int limit) {
    List<Entry> shown = found.subList(0, Math.min(limit, found.size()));
    String next =
        found.size() > limit ? Long.toString(shown.get(limit - 1).envelope().seq()) : null;
    return new Page<>(shown.stream().map(wire::event).toList(), next);
  }

  private int orDefault(int limit) {
    return limit == 0 ? filters.defaultLimit() : filters.bounded(limit);
  }
}
