package dev.nofate.gate.console.remote;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A chain's export as it streams out of audit-service: never in memory as a whole. */
@ApplicationScoped
public class ExportClient {

  private static final long PATIENCE_MS = 30_000;

  private final HttpClient http;
  private final String url;

  ExportClient(
      Vertx vertx, @ConfigProperty(name = "quarkus.rest-client.console-audit.url") String url) {
    this.http = vertx.createHttpClient();
    this.url = url;
  }

  /** The answer whose body is the export, paused until somebody reads it. */
  public Uni<HttpClientResponse> open(String bearer) {
    RequestOptions request =
        new RequestOptions()
            .setAbsoluteURI(url + "/v1/audit/export")
            .setMethod(HttpMethod.GET)
            .setConnectTimeout(PATIENCE_MS)
            .setIdleTimeout(PATIENCE_MS)
            .putHeader("Authorization", bearer);
    return http.request(request).chain(HttpClientRequest::send).invoke(HttpClientResponse::pause);
  }
}
