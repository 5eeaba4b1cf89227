package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Has every evaluation of the tenant derived again from what is stored. */
final class ReplayChapter {

  private static final int OK = 200;
  private static final int PAGE = 100;

  private final Scene scene;

  ReplayChapter(Scene scene) {
    this.scene = scene;
  }

  /**
   * Replays all there are.
   *
   * @param sent how many evaluations there are expected to be
   */
  void play(int sent) {
    scene.journal().chapter("Every evaluation is derived again");
    List<String> ids = evaluations();
    int same = 0;
    for (String id : ids) {
      JsonNode replay =
          scene
              .api()
              .post("/v1/evaluations/" + id + "/replay", "", Map.of())
              .expect(OK, "POST /v1/evaluations/{id}/replay");
      same += replay.path("matches").asBoolean() ? 1 : 0;
    }
    scene
        .journal()
        .check(
            ids.size() == sent && same == sent,
            "%d of %d replays give the recorded decision digest".formatted(same, sent));
  }

  private List<String> evaluations() {
    List<String> ids = new ArrayList<>();
    scene
        .api()
        .forEachItem(
            "/v1/evaluations?limit=" + PAGE, item -> ids.add(item.path("evaluation_id").asText()));
    return ids;
  }
}
