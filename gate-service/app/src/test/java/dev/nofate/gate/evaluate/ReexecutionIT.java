package dev.nofate.gate.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.embedded.PartsTestResource;
import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** Stored decisions are derived again in the background, and one that differs is told. */
@GateTest
class ReexecutionIT {

  @Inject ReexecutionStore store;
  @Inject Replay replay;

  private final MeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void aDecisionThatIsNotReproducibleIsCountedOnce() throws SQLException {
    Client client = Client.fresh().withRuleset();
    String id = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    round();
    double matched = count("matching");
    assertThat(matched).isPositive();
    assertThat(count("differing")).isZero();

    digest(id, "reverse(decision_digest)");
    try {
      round();
    } finally {
      digest(id, "reverse(decision_digest)");
    }
    assertThat(count("differing")).isEqualTo(1);
    assertThat(count("matching")).isGreaterThan(matched);
    round();
    assertThat(count("differing")).isEqualTo(1);
  }

  @Test
  void whatWasErasedIsNeitherTakenNorCounted() throws SQLException {
    Client client = Client.fresh().withRuleset();
    String id = client.evaluate(Client.freshKey(), Client.transfer(1)).path("evaluation_id");
    digest(id, "reverse(decision_digest)");
    client.request().delete("/v1/evaluations/" + id + "/content").then().statusCode(200);
    round();
    assertThat(count("differing")).isZero();
  }

  /** The newest evaluations of every tenant. */
  private void round() {
    new Reexecution(
            store, replay, new Bounds("off", 10_000, Duration.ZERO), meters, InstantSource.system())
        .run()
        .await()
        .atMost(Duration.ofMinutes(2));
  }

  private record Bounds(String every, int evaluations, Duration window)
      implements ReexecutionConfig {}

  private double count(String outcome) {
    return meters.get("nofate.reexecutions").tag("outcome", outcome).counter().count();
  }

  private static void digest(String evaluation, String expression) throws SQLException {
    try (Connection db = PartsTestResource.superuser().connect();
        Statement sql = db.createStatement()) {
      sql.executeUpdate(
          "UPDATE gate.evaluations SET decision_digest = %s WHERE evaluation_id = '%s'"
              .formatted(expression, evaluation));
    }
  }
}
