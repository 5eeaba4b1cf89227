package dev.nofate.cli.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.cli.CommandFailure;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClosedLoopTest {

  private static final LoadPlan PLAN = new LoadPlan(2, Duration.ZERO, Duration.ofSeconds(60));

  @Test
  @Timeout(30)
  void aRequestThatCannotBeMadeEndsTheLoad() {
    ClosedLoop.Load load =
        new ClosedLoop.Load() {
          @Override
          public String url() {
            return "http://127.0.0.1:1/";
          }

          @Override
          public ClosedLoop.Request next() {
            throw new IllegalStateException("there is no secret");
          }

          @Override
          public String judge(int status, Buffer body) {
            return "";
          }
        };

    assertThatThrownBy(() -> ClosedLoop.run(PLAN, load))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("there is no secret");
  }
}
