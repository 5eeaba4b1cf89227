package dev.nofate.audit.append;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Event loop contexts of appending's own, so that writing runs apart from the request that happened
 * to start it: neither its end nor its request-scoped state touches a batch.
 */
@ApplicationScoped
class DrainLoops implements Executor {

  private final List<Context> contexts;
  private final AtomicInteger turn = new AtomicInteger();

  DrainLoops(Vertx vertx) {
    contexts =
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
            .<Context>mapToObj(i -> ((VertxInternal) vertx).createEventLoopContext())
            .toList();
  }

  @Override
  public void execute(Runnable command) {
    int next = Math.floorMod(turn.getAndIncrement(), contexts.size());
    contexts.get(next).runOnContext(nothing -> command.run());
  }
}
