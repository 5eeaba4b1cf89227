package dev.nofate.audit.failover;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP port in front of whichever server it points to, as a cluster's address of its primary is. A
 * connection stays with the server that it was made to.
 */
final class Relay implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  /** The discard service, which is not there. */
  private static final int NOBODY = 9;

  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final NetServer server;
  private volatile int target;

  Relay(int target) {
    this.target = target;
    server =
        vertx
            .createNetServer()
            .connectHandler(this::pass)
            .listen(0, HOST)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  int port() {
    return server.actualPort();
  }

  void pointTo(int port) {
    target = port;
  }

  /** Ends every connection, and lets none be made. */
  void cut() {
    target = NOBODY;
    open.forEach(NetSocket::close);
  }

  private void pass(NetSocket caller) {
    caller.pause();
    open.add(caller);
    caller.closeHandler(closed -> open.remove(caller));
    client
        .connect(target, HOST)
        .onSuccess(
            answering -> {
              caller.pipeTo(answering);
              answering.pipeTo(caller);
            })
        .onFailure(nobodyThere -> caller.close());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
