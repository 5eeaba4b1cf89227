package dev.nofate.audit.append;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Appends of one tenant that one request brought: one transaction writes them all.
 *
 * @param answer what became of all of them, in order; or that their caller waits no more
 */
record Group(List<Pending> appends, CompletableFuture<List<Appended>> answer) {

  static Group of(List<Draft> drafts) {
    List<Pending> appends = drafts.stream().map(Pending::new).toList();
    CompletableFuture<List<Appended>> answer =
        CompletableFuture.allOf(
                appends.stream().map(Pending::answer).toArray(CompletableFuture[]::new))
            .thenApply(done -> appends.stream().map(pending -> pending.answer().join()).toList());
    return new Group(appends, answer);
  }

  UUID tenant() {
    return appends.get(0).draft().tenant();
  }

  int size() {
    return appends.size();
  }

  int events() {
    return appends.stream().mapToInt(pending -> pending.draft().events().size()).sum();
  }

  long bytes() {
    return appends.stream().mapToLong(pending -> pending.draft().bytes()).sum();
  }

  void refused(Refusal refusal) {
    appends.forEach(pending -> pending.refused(refusal));
  }

  /** Whether its caller was answered already, which before it is written means: given up. */
  boolean isAnswered() {
    return answer.isDone();
  }
}
