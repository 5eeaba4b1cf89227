package dev.nofate.gate.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.kit.problem.ProblemException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BacktestsRunningTest {

  private static final TenantId ONE = new TenantId(new UUID(1, 1));
  private static final TenantId TWO = new TenantId(new UUID(1, 2));
  private static final TenantId THREE = new TenantId(new UUID(1, 3));

  private final BacktestsRunning running =
      new BacktestsRunning(
          new SmallRyeConfigBuilder()
              .withMapping(BacktestConfig.class)
              .build()
              .getConfigMapping(BacktestConfig.class),
          new SimpleMeterRegistry());

  @Test
  void aSecondOneOfATenantAndAThirdInAllAreToldSo() {
    AssertSubscriber<Integer> first = begin(ONE);
    refused(begin(ONE));
    begin(TWO).assertNotTerminated();
    refused(begin(THREE));
    first.cancel();
    begin(THREE).assertNotTerminated();
    refused(begin(ONE));
  }

  @Test
  void whatEndsOrFailsLeavesItsPlace() {
    for (int i = 0; i < 3; i++) {
      running
          .bounded(ONE, () -> Multi.createFrom().items(1, 2))
          .subscribe()
          .withSubscriber(AssertSubscriber.create(10))
          .assertCompleted();
      running
          .bounded(ONE, () -> Multi.createFrom().failure(new IllegalStateException()))
          .subscribe()
          .withSubscriber(AssertSubscriber.create(10))
          .assertFailedWith(IllegalStateException.class);
    }
  }

  private AssertSubscriber<Integer> begin(TenantId tenant) {
    return running
        .bounded(tenant, () -> Multi.createFrom().<Integer>nothing())
        .subscribe()
        .withSubscriber(AssertSubscriber.create(10));
  }

  private static void refused(AssertSubscriber<Integer> subscriber) {
    subscriber.assertFailedWith(ProblemException.class);
    assertThat(((ProblemException) subscriber.getFailure()).problem().code())
        .isEqualTo(ErrorCode.UNAVAILABLE);
  }
}
