package dev.nofate.audit.append;

import dev.nofate.audit.chain.Entry;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * An append on its way into the log, and who waits for it. Its caller's going away changes nothing.
 */
record Pending(Draft draft, CompletableFuture<Appended> answer) {

  Pending(Draft draft) {
    this(draft, new CompletableFuture<>());
  }

  void recorded(List<Entry> entries) {
    answer.complete(new Appended(entries, false));
  }

  void replayed(List<Entry> entries) {
    answer.complete(new Appended(entries, true));
  }

  void refused(Refusal refusal) {
    answer.completeExceptionally(refusal);
  }
}
