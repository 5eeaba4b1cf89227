package dev.nofate.billing.paging;

import dev.nofate.gate.contract.Page;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells in a header {@code Link} with {@code rel="next"} (RFC 8288) where a list goes on, whatever
 * the media type: a table has no other place for it. Without the header the list is whole.
 */
@ApplicationScoped
public class NextLink {

  private static final String AFTER = "after";

  private final CurrentVertxRequest current;

  public NextLink(CurrentVertxRequest current) {
    this.current = current;
  }

  /** The same page, and the header with its answer. */
  public <T> Uni<Page<T>> told(Uni<Page<T>> page) {
    RoutingContext request = current.getCurrent();
    return page.invoke(
        found -> {
          if (found.next() != null) {
            request.response().putHeader("Link", header(request.request(), found.next()));
          }
        });
  }

  private static String header(HttpServerRequest request, String next) {
    Stream<String> kept =
        request.params().entries().stream()
            .filter(parameter -> !parameter.getKey().equals(AFTER))
            .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()));
    String query =
        Stream.concat(kept, Stream.of(AFTER + "=" + encoded(next)))
            .collect(Collectors.joining("&"));
    return "<%s?%s>; rel=\"next\"".formatted(request.path(), query);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
