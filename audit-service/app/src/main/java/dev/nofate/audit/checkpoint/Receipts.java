package dev.nofate.audit.checkpoint;

import dev.nofate.audit.chain.ChainHash;
import dev.nofate.audit.chain.proof.LoggedEvent;
import dev.nofate.audit.chain.proof.Receipt;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.event.EventRow;
import dev.nofate.audit.tree.TreeReader;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Makes receipts: one text that shows an event to somebody who asks nobody. */
@ApplicationScoped
public class Receipts {

  private final Checkpoints checkpoints;
  private final TreeReader trees;
  private final ChainReader chains;

  Receipts(Checkpoints checkpoints, TreeReader trees, ChainReader chains) {
    this.checkpoints = checkpoints;
    this.trees = trees;
    this.chains = chains;
  }

  /**
   * The receipt of an event.
   *
   * @throws ProblemException 404 when the chain does not reach it
   */
  public Uni<String> receipt(UUID tenant, long seq) {
    return checkpoints
        .covering(tenant, seq)
        .chain(
            signed ->
                trees
                    .inclusion(tenant, seq - 1, signed.checkpoint().size())
                    .chain(
                        proof ->
                            event(tenant, seq)
                                .map(
                                    event ->
                                        new Receipt(event, seq - 1, proof.hashes(), signed.note())
                                            .toString())));
  }

  private Uni<LoggedEvent> event(UUID tenant, long seq) {
    long before = Math.max(0, seq - 2);
    return chains
        .page(tenant, before, seq, 2)
        .map(
            rows -> {
              EventRow last = last(rows, seq);
              ChainHash previous =
                  seq == 1 ? ChainHash.genesis(tenant) : ChainHash.ofBytes(rows.get(0).hash());
              return new LoggedEvent(previous, last.entry().envelope());
            });
  }

  private static EventRow last(List<EventRow> rows, long seq) {
    if (rows.size() != Math.min(seq, 2)) {
      throw new IllegalStateException("events of the chain are absent");
    }
    return rows.get(rows.size() - 1);
  }
}
