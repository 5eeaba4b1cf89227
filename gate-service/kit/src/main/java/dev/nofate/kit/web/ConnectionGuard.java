package dev.nofate.kit.web;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpServerOptions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections on which the head of a request does not arrive within its time, however it drips
 * (slow-loris): the HTTP server's own idle timeout begins anew with every byte. And has requests
 * read with {@link OneFraming}, and errors answered with a problem document. Netty loads this into
 * every server channel when {@link #ENABLED_BY} says so.
 */
public final class ConnectionGuard extends ChannelInitializerExtension {

  /** The system property with which Netty loads extensions, to be set before a server starts. */
  public static final String ENABLED_BY = "io.netty.bootstrap.extensions";

  /** The value of the property. */
  public static final String ENABLED = "serviceload";

  /** What Vert.x calls the last handler of an HTTP connection. */
  private static final String VERTX = "handler";

  /** What Vert.x calls the reader of requests. */
  private static final String DECODER = "httpDecoder";

  /**
   * What a server's connections are held to.
   *
   * @param options the server's own limits
   * @param receiveMs how long a head may take
   * @param errors how an error without a body goes out
   */
  record Limits(HttpServerOptions options, long receiveMs, BareErrors errors) {}

  private static volatile Limits limits;

  /** What holds for connections opened from now on. */
  static void configure(Limits configured) {
    limits = configured;
  }

  @Override
  public void postInitializeServerChildChannel(Channel channel) {
    if (limits != null) {
      channel.pipeline().addFirst(new Bytes(limits));
    }
  }

  /** Sees bytes arrive; its deadline runs while they make no request. */
  private static final class Bytes extends ChannelInboundHandlerAdapter {

    private final Limits limits;
    private final Requests requests = new Requests(this);
    private ScheduledFuture<?> deadline;

    Bytes(Limits limits) {
      this.limits = limits;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      if (!requests.isInstalled() && context.pipeline().get(VERTX) != null) {
        context.pipeline().addBefore(VERTX, null, requests);
        context.pipeline().replace(DECODER, DECODER, new OneFraming(limits.options()));
      }
      if (deadline == null && requests.open.isEmpty()) {
        deadline =
            context
                .executor()
                .schedule((Runnable) context::close, limits.receiveMs(), TimeUnit.MILLISECONDS);
      }
      context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      headArrived();
      context.fireChannelInactive();
    }

    private void headArrived() {
      if (deadline != null) {
        deadline.cancel(false);
        deadline = null;
      }
    }
  }

  /** Knows the requests that have no answer yet, and sees to it that errors have a document. */
  private static final class Requests extends ChannelDuplexHandler {

    private final Bytes bytes;
    private final Deque<Boolean> open = new ArrayDeque<>();
    private boolean installed;

    Requests(Bytes bytes) {
      this.bytes = bytes;
    }

    boolean isInstalled() {
      return installed;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
      installed = true;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        open.add(request.method().equals(HttpMethod.HEAD));
        bytes.headArrived();
      }
      context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      boolean interim = message instanceof HttpResponse answer && answer.status().code() < 200;
      boolean head = Boolean.TRUE.equals(open.peek());
      if (message instanceof LastHttpContent && !interim) {
        open.poll();
      }
      context.write(head ? message : bytes.limits.errors().dressed(message), promise);
    }
  }
}
