package dev.nofate.cli.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/**
 * Refuses a request that says in two ways where its body ends, or in a way that is not understood
 * (RFC 9112, 6.3): what the gateway takes for the body, a service could take for another request.
 */
final class OneFraming extends VertxHttpRequestDecoder {

  /** What Vert.x calls the reader of requests. */
  private static final String DECODER = "httpDecoder";

  private OneFraming(HttpServerOptions limits) {
    super(limits);
  }

  /** Has the connection's requests read in this way. */
  static void on(HttpConnection connection, HttpServerOptions limits) {
    ((ConnectionBase) connection)
        .channel()
        .pipeline()
        .replace(DECODER, DECODER, new OneFraming(limits));
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Transfer-Encoding and Content-Length in one request");
  }

  /**
   * Asked once the head has been read. A transfer coding is {@code chunked}, alone and in one line.
   */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    List<String> codings = message.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.size() > 1
        || codings.size() == 1
            && !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) {
      throw new IllegalArgumentException("a Transfer-Encoding other than chunked");
    }
    return super.isContentAlwaysEmpty(message);
  }
}
