package dev.nofate.kit.web;

import dev.nofate.kit.problem.ProblemPages;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What stands before every resource: the header fields of answers, other origins, and requests that
 * two readers could read in two ways.
 */
@ApplicationScoped
class Front {

  /** Before {@link ProblemPages}, so that its answers carry the header fields too. */
  private static final int FIRST = -20_000;

  /** Fields that mean one thing and may stand there once. */
  private static final List<CharSequence> SINGLE =
      List.of(
          HttpHeaders.HOST,
          HttpHeaders.CONTENT_TYPE,
          HttpHeaders.CONTENT_LENGTH,
          HttpHeaders.AUTHORIZATION,
          "x-api-key",
          "idempotency-key",
          "stripe-signature");

  /** Postgres has no place for it in a text, so nothing that is stored has it in its address. */
  private static final String NUL = "%00";

  private final WebConfig config;
  private final ProblemPages problems;
  private final MemorySize maxBodySize;
  private final Compression compression;

  Front(
      WebConfig config,
      ProblemPages problems,
      @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10M")
          MemorySize maxBodySize,
      @ConfigProperty(name = "quarkus.http.compress-media-types") Set<String> compressed) {
    this.config = config;
    this.problems = problems;
    this.maxBodySize = maxBodySize;
    this.compression = new Compression(config.compressAbove().asLongValue(), compressed);
  }

  void install(@Observes Router router) {
    router.route().order(FIRST).handler(new SecurityHeaders(config)::add);
    router.route().order(FIRST + 1).handler(compression::decide);
    router
        .route()
        .order(FIRST + 2)
        .handler(new SlowBodies(config.receiveTimeout(), maxBodySize.asLongValue())::watch);
    router.route().order(FIRST + 3).handler(this::refuse);
    router.route().order(FIRST + 4).handler(new Cors(config)::answer);
  }

  private void refuse(RoutingContext context) {
    HttpServerRequest request = context.request();
    MultiMap headers = request.headers();
    if (headers.size() > config.maxHeaders()) {
      problems.answer(context, 431);
    } else if (repeated(headers).isPresent()) {
      problems.answer(
          context, 400, "The header " + repeated(headers).get() + " occurred more than once");
    } else if (request.uri().contains(NUL)) {
      problems.answer(context, 400, "The address holds the character U+0000");
    } else if (isEncoded(headers) || !isMediaType(headers.get(HttpHeaders.CONTENT_TYPE))) {
      problems.answer(context, 415);
    } else {
      context.next();
    }
  }

  private static Optional<CharSequence> repeated(MultiMap headers) {
    return SINGLE.stream().filter(name -> headers.getAll(name).size() > 1).findFirst();
  }

  /** Nothing is unpacked here: what a few bytes could become is bounded by not looking. */
  private static boolean isEncoded(MultiMap headers) {
    return headers.getAll(HttpHeaders.CONTENT_ENCODING).stream()
        .anyMatch(encoding -> !encoding.equalsIgnoreCase("identity"));
  }

  /** The framework would fail on what it cannot parse. */
  private static boolean isMediaType(String contentType) {
    if (contentType == null || contentType.equals(MediaType.APPLICATION_JSON)) {
      return true;
    }
    try {
      return MediaType.valueOf(contentType) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
