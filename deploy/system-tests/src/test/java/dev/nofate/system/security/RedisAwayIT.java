package dev.nofate.system.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Shell;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Redis hangs: evaluations go on, the limit is kept by the replica, and a metric says so. */
@SuiteTest
class RedisAwayIT {

  private static final int LIMIT = 5;
  private static final Duration BACK = Duration.ofSeconds(60);

  @Test
  void theLimitHoldsWithoutRedisAndAMetricSaysSo(Suite suite) {
    Tenant tenant = suite.tenant(LIMIT).withRuleset();
    double before = countedWithoutRedis(suite);
    signal(suite, "STOP");
    try {
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 4 * LIMIT; i++) {
        statuses.add(tenant.evaluate(Proposals.transfer(i)).statusCode());
      }
      assertThat(statuses).containsOnly(200, 429);
      // A unit comes each 12 s; a slow machine may see a few of them.
      assertThat(statuses.stream().filter(status -> status == 200).count())
          .isBetween((long) LIMIT, 3L * LIMIT);
      assertThat(countedWithoutRedis(suite)).isGreaterThan(before);
    } finally {
      signal(suite, "CONT");
    }
    Tenant other = suite.tenant().withRuleset();
    await()
        .atMost(BACK)
        .until(
            () -> {
              double counted = countedWithoutRedis(suite);
              return other.evaluate(Proposals.transfer(1)).statusCode() == 200
                  && countedWithoutRedis(suite) == counted;
            });
  }

  private static void signal(Suite suite, String name) {
    Shell.Result sent =
        Shell.run(suite.home(), suite.home(), "kill -" + name + " " + suite.file().redis().pid());
    assertThat(sent.exitCode()).as(sent.output()).isZero();
  }

  private static double countedWithoutRedis(Suite suite) {
    return RestAssured.get(suite.serviceUrl("gate-service") + "/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("nofate_admission_without_redis_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }
}
