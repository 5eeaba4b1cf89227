package dev.nofate.kit.web;

import io.quarkus.vertx.http.runtime.HttpCompressionHandler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Which answers are compressed for clients that accept it: those in the listed forms, whoever gives
 * them, except short ones and those between the services.
 *
 * @param above the length in bytes beyond which it is worth it
 * @param mediaTypes the forms, without parameters
 */
record Compression(long above, Set<String> mediaTypes) {

  private static final String INTERNAL = "/internal/";

  /** Decides when the answer's head is known, after everybody else. */
  void decide(RoutingContext context) {
    context.addHeadersEndHandler(
        sent -> {
          MultiMap headers = context.response().headers();
          if (isInternal(context) || isSmall(headers)) {
            headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
          } else {
            HttpCompressionHandler.compressIfNeeded(context, mediaTypes);
          }
        });
    context.next();
  }

  /** Between the services of a cluster, bytes cost less than the time to pack them. */
  private static boolean isInternal(RoutingContext context) {
    String path = context.request().path();
    return path != null && path.startsWith(INTERNAL);
  }

  /** For a few bytes the compressed form is longer. */
  private boolean isSmall(MultiMap headers) {
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length != null && Long.parseLong(length) <= above;
  }
}
