package dev.nofate.cli.readiness;

import dev.nofate.cli.CommandFailure;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.RedisRole;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What Redis says of itself (INFO, and CONFIG where it is served).
 *
 * @param encrypted whether it was reached over TLS, its certificate verified
 * @param near whether it is on this machine's loopback address
 * @param info the members of INFO
 * @param save the snapshot rule of CONFIG GET save; null where CONFIG is not served
 */
record RedisView(boolean encrypted, boolean near, Map<String, String> info, String save) {

  private static final int SECONDS = 8;

  /** Asks once, as gate-service is told to. */
  static RedisView of(Settings settings) {
    String url = settings.need(Settings.GATE, "REDIS_URL");
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    try {
      Redis redis = Redis.createClient(vertx, options(settings, url));
      Response info = ask(redis, Request.cmd(Command.INFO));
      URI uri = URI.create(url);
      return new RedisView(
          "rediss".equals(uri.getScheme()),
          Deployment.isLoopback(uri.getHost()),
          members(info.toString()),
          snapshots(redis));
    } finally {
      vertx.close();
    }
  }

  private static RedisOptions options(Settings settings, String url) {
    RedisOptions options = new RedisOptions().setConnectionString(url);
    settings
        .of(Settings.GATE, "REDIS_CA_FILE")
        .ifPresent(
            file ->
                options
                    .getNetClientOptions()
                    .setTrustOptions(new PemTrustOptions().addCertPath(file))
                    .setHostnameVerificationAlgorithm("HTTPS"));
    if (settings.of(Settings.GATE, "REDIS_CLIENT_TYPE").filter("sentinel"::equals).isPresent()) {
      options.setType(RedisClientType.SENTINEL).setRole(RedisRole.MASTER).setMasterName("mymaster");
    }
    return options;
  }

  private static String snapshots(Redis redis) {
    try {
      Response save = ask(redis, Request.cmd(Command.CONFIG).arg("GET").arg("save"));
      return save.containsKey("save") ? save.get("save").toString() : save.get(1).toString();
    } catch (CommandFailure | NullPointerException e) {
      // A managed Redis refuses CONFIG; INFO tells of the last snapshot all the same.
      return null;
    }
  }

  private static Response ask(Redis redis, Request request) {
    try {
      return redis
          .send(request)
          .toCompletionStage()
          .toCompletableFuture()
          .get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof java.net.UnknownHostException) {
        throw new OutOfReach("The host of REDIS_URL is not known here.");
      }
      throw new CommandFailure("Redis: " + e.getCause().getMessage() + ".", e);
    } catch (TimeoutException e) {
      throw new CommandFailure("Redis did not answer within " + SECONDS + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("Redis: interrupted.", e);
    }
  }

  static Map<String, String> members(String info) {
    Map<String, String> members = new TreeMap<>();
    for (String line : info.split("\r?\n")) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.startsWith("#")) {
        members.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return members;
  }

  String of(String member, String absent) {
    return info.getOrDefault(member, absent);
  }

  long number(String member) {
    String value = of(member, "0");
    return value.matches("[0-9]{1,18}") ? Long.parseLong(value) : 0;
  }
}
