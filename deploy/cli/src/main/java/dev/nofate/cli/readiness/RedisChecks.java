package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redis, by what it says of itself. */
final class RedisChecks implements Register.Family {

  private static final long MIB = 1 << 20;
  private static final Pattern KEYSPACE = Pattern.compile("keys=([0-9]+),expires=([0-9]+).*");

  private final Settings settings;
  private final Supplier<Canary> canary;
  private final Supplier<RedisView> redis;

  RedisChecks(Settings settings, Supplier<Canary> canary) {
    this.settings = settings;
    this.canary = canary;
    this.redis = Once.of(this::look);
  }

  private RedisView look() {
    return RedisView.of(settings);
  }

  @Override
  public void enter(Register register) {
    register
        .line("redis", this::server)
        .line("redis-persistence", this::persistence)
        .line("redis-availability", this::availability)
        .line("redis-maxmemory", this::maxmemory)
        .line("redis-tls", this::tls)
        .line("redis-expiry", this::expiry)
        .line("redis-connectivity", this::server);
  }

  private Outcome server() {
    RedisView view = redis.get();
    return "master".equals(view.of("role", "master"))
        ? verified("Redis %s answers, a primary.", view.of("redis_version", "of unknown version"))
        : failed("Redis answers as a %s.", view.of("role", ""));
  }

  private Outcome persistence() {
    RedisView view = redis.get();
    List<String> faults = new ArrayList<>();
    if (!"1".equals(view.of("aof_enabled", "0"))) {
      faults.add("the append-only file is off");
    } else if (!"ok".equals(view.of("aof_last_write_status", "ok"))) {
      faults.add("the last write of the append-only file failed");
    }
    if (view.save() != null && view.save().isBlank()) {
      faults.add("no snapshot rule is set");
    }
    if (!"ok".equals(view.of("rdb_last_bgsave_status", "ok"))) {
      faults.add("the last snapshot failed");
    }
    return faults.isEmpty()
        ? verified(
            "The append-only file is on and its last write was good; snapshots: %s.",
            view.save() == null ? "the last one was good, the rule is not told" : view.save())
        : failed("Redis: %s.", String.join("; ", faults));
  }

  private Outcome availability() {
    RedisView view = redis.get();
    if ("1".equals(view.of("cluster_enabled", "0"))) {
      return verified("Redis runs as a cluster.");
    }
    long replicas = view.number("connected_slaves");
    return replicas > 0
        ? verified("%d replicas are connected to the primary.", replicas)
        : failed("Redis runs alone: no cluster, no replica connected.");
  }

  private Outcome maxmemory() {
    RedisView view = redis.get();
    long bytes = view.number("maxmemory");
    String policy = view.of("maxmemory_policy", "unknown");
    return bytes > 0
        ? verified("maxmemory is %d MiB, policy %s.", bytes / MIB, policy)
        : failed("maxmemory is not set (policy %s).", policy);
  }

  private Outcome tls() {
    RedisView view = redis.get();
    if (view.encrypted()) {
      return verified("Reached over TLS, the certificate verified.");
    }
    return failed(
        "REDIS_URL is not rediss://%s.", view.near() ? " (this machine's loopback address)" : "");
  }

  /** What cannot be lost is not in Redis, and what is there goes by itself. */
  private Outcome expiry() {
    settings.need(Settings.GATE, "REDIS_URL");
    canary.get().evaluate();
    String keys = look().of("db0", "");
    Matcher keyspace = KEYSPACE.matcher(keys);
    if (!keyspace.matches()) {
      return failed("An evaluation left no key in Redis: it admits without it.");
    }
    return keyspace.group(1).equals(keyspace.group(2))
        ? verified("Each of its %s keys expires by itself.", keyspace.group(1))
        : failed("Of %s keys %s expire.", keyspace.group(1), keyspace.group(2));
  }
}
