package dev.nofate.kit.web;

import dev.nofate.kit.problem.ProblemPages;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** Hands the server's own limits to what guards its connections. */
@ApplicationScoped
class ServerLimits implements HttpServerOptionsCustomizer {

  private final WebConfig config;
  private final ProblemPages problems;

  ServerLimits(WebConfig config, ProblemPages problems) {
    this.config = config;
    this.problems = problems;
  }

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    configure(options);
  }

  @Override
  public void customizeHttpsServer(HttpServerOptions options) {
    configure(options);
  }

  private void configure(HttpServerOptions options) {
    ConnectionGuard.configure(
        new ConnectionGuard.Limits(
            options,
            config.receiveTimeout().toMillis(),
            new BareErrors(problems::document, new SecurityHeaders(config).of(null))));
  }
}
