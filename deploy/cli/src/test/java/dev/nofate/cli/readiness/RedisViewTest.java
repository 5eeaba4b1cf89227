package dev.nofate.cli.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisViewTest {

  @Test
  void readsTheMembersOfInfo() {
    String info =
        "# Memory\r\nmaxmemory:1048576\r\nmaxmemory_policy:allkeys-lru\r\n\r\n# Keyspace\r\ndb0:keys=2,expires=1,avg_ttl=5\r\n";
    RedisView view = new RedisView(true, false, RedisView.members(info), null);
    assertThat(view.number("maxmemory")).isEqualTo(1_048_576);
    assertThat(view.of("maxmemory_policy", "")).isEqualTo("allkeys-lru");
    assertThat(view.of("db0", "")).isEqualTo("keys=2,expires=1,avg_ttl=5");
    assertThat(view.number("connected_slaves")).isZero();
  }
}
