package dev.nofate.cli.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a disaster cost.
 *
 * @param acknowledged evaluations that were answered before it
 * @param lost of them
 * @param seconds from the last answer that came back to the disaster; 0 when nothing was lost
 */
record Loss(int acknowledged, List<Client.Answered> lost, double seconds) {

  static Loss of(
      List<Client.Answered> answers, Predicate<Client.Answered> isBack, Instant disaster) {
    List<Client.Answered> lost = answers.stream().filter(isBack.negate()).toList();
    Instant last =
        answers.stream()
            .filter(answer -> !lost.contains(answer))
            .map(Client.Answered::at)
            .reduce((one, later) -> later)
            .orElse(answers.isEmpty() ? disaster : answers.get(0).at());
    double seconds = lost.isEmpty() ? 0 : Duration.between(last, disaster).toMillis() / 1000.0;
    return new Loss(answers.size(), lost, seconds);
  }

  /** Whether everything that was answered before a time is there. */
  boolean isBehind(Instant time) {
    return lost.stream().noneMatch(answer -> answer.at().isBefore(time));
  }
}
