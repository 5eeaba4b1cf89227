package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.api.ApiClient.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Sends the shipped proposals, compares each answer with what is expected, and shows one of each
 * state.
 */
final class ProposalChapter {

  private static final int OK = 200;
  private static final List<String> STATES =
      List.of(
          "DETERMINISTIC_COMPLIANCE",
          "DETERMINISTIC_VIOLATION",
          "NO_DETERMINISTIC_OUTCOME",
          "INVALID_INPUT");

  private final Scene scene;
  private final GrantDesk grants;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, WorkedExample> examples = new LinkedHashMap<>();

  ProposalChapter(Scene scene, GrantDesk grants) {
    this.scene = scene;
    this.grants = grants;
  }

  /** Answers how many proposals were sent. */
  int play() {
    List<Proposal> proposals = Proposal.shipped();
    scene.journal().chapter(proposals.size() + " proposals are sent");
    int asExpected = 0;
    for (Proposal proposal : proposals) {
      asExpected += send(proposal) ? 1 : 0;
    }
    STATES.forEach(
        state -> scene.journal().say("%-26s %3d".formatted(state, counts.getOrDefault(state, 0))));
    scene
        .journal()
        .check(
            asExpected == proposals.size(),
            "%d of %d answers have the expected state and reason"
                .formatted(asExpected, proposals.size()));
    scene
        .journal()
        .check(
            counts.keySet().equals(Set.copyOf(STATES)), "all four states occurred, and no fifth");
    for (String state : STATES) {
      if (examples.containsKey(state)) {
        scene.journal().chapter("One " + state);
        examples.get(state).print(scene.journal());
      }
    }
    return proposals.size();
  }

  private boolean send(Proposal proposal) {
    String body = proposal.body(Instant.now().truncatedTo(ChronoUnit.MILLIS), grants);
    Answer answer =
        scene
            .api()
            .post(
                "/v1/evaluations/forward",
                body,
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
    if (answer.status() != OK) {
      scene
          .journal()
          .check(
              false, "%s: status %d %s".formatted(proposal.name(), answer.status(), answer.text()));
      return false;
    }
    JsonNode json = answer.json();
    String state = json.path("state").asText();
    counts.merge(state, 1, Integer::sum);
    boolean met = proposal.expect().isMetBy(json);
    if (met && proposal.raw() == null) {
      examples.putIfAbsent(state, new WorkedExample(proposal.name(), body, json));
    }
    if (!met) {
      scene
          .journal()
          .check(
              false,
              "%s: expected %s, got %s %s"
                  .formatted(proposal.name(), proposal.expect(), state, json.path("reason")));
    }
    return met;
  }
}
