package dev.nofate.kit.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What every answer carries, and what a connection may take. */
@ConfigMapping(prefix = "nofate.web")
public interface WebConfig {

  /**
   * Origins whose pages may read answers ({@code CORS_ORIGINS}, comma-separated); without any, no
   * other origin's page can.
   */
  Optional<List<String>> corsOrigins();

  /** How long a browser remembers the answer to a preflight. */
  @WithDefault("10M")
  Duration corsMaxAge();

  /** {@code Strict-Transport-Security}; browsers heed it over TLS only. */
  @WithDefault("max-age=31536000; includeSubDomains")
  String strictTransportSecurity();

  /** {@code Content-Security-Policy} of answers that are no page. */
  @WithDefault("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
  String apiPolicy();

  /** {@code Content-Security-Policy} under {@code /console}: own scripts and styles, no inline. */
  @WithDefault(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
  String consolePolicy();

  /** {@code Content-Security-Policy} under {@code /q/swagger-ui}, whose page has inline parts. */
  @WithDefault(
      "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors"
          + " 'none'; base-uri 'none'")
  String swaggerPolicy();

  /** Answers of at most this size are not compressed. */
  @WithDefault("1K")
  MemorySize compressAbove();

  /** How long the head of a request may take from its first byte, and its body from its head. */
  @WithDefault("20S")
  Duration receiveTimeout();

  /** Header fields of one request. */
  @WithDefault("100")
  int maxHeaders();
}
