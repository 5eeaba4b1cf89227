package dev.nofate.kit.web;

import dev.nofate.gate.contract.Problem;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Gives a problem document to errors that the HTTP server answers itself, without one: requests
 * that it could not read, addresses that it could not decode.
 *
 * @param documents by status
 * @param headers that every answer carries
 */
record BareErrors(IntFunction<byte[]> documents, Map<String, String> headers) {

  private static final int ERRORS = 400;

  /** The answer as it goes out. */
  Object dressed(Object message) {
    if (!(message instanceof HttpResponse bare)
        || !(message instanceof LastHttpContent content)
        || bare.status().code() < ERRORS
        || content.content().isReadable()
        || bare.headers().contains(HttpHeaderNames.CONTENT_TYPE)) {
      return message;
    }
    byte[] document = documents.apply(bare.status().code());
    DefaultFullHttpResponse dressed =
        new DefaultFullHttpResponse(
            bare.protocolVersion(), bare.status(), Unpooled.wrappedBuffer(document));
    headers.forEach(dressed.headers()::set);
    bare.headers().forEach(header -> dressed.headers().set(header.getKey(), header.getValue()));
    dressed.headers().set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
    dressed.headers().set(HttpHeaderNames.CONTENT_LENGTH, document.length);
    ReferenceCountUtil.release(message);
    return dressed;
  }
}
