package dev.nofate.kit.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/**
 * Refuses a request that says in two ways where its body ends, or in a way that is not understood
 * (RFC 9112, 6.3): what one hop takes for the body, the next could take for another request.
 */
final class OneFraming extends VertxHttpRequestDecoder {

  OneFraming(HttpServerOptions limits) {
    super(limits);
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
