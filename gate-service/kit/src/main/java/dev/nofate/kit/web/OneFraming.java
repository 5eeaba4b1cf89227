package dev.nofate.kit.web;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Refuses a request that says in two ways where its body ends (RFC 9112, 6.3): what one hop takes
 * for the body, the next could take for another request.
 */
final class OneFraming extends VertxHttpRequestDecoder {

  OneFraming(HttpServerOptions limits) {
    super(limits);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Transfer-Encoding and Content-Length in one request");
  }
}
