package dev.nofate.cli.readiness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.api.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Requests of the checks: never redirected, never sent again, every wait bounded. */
final class Http {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /**
   * An answer as received.
   *
   * @param status HTTP status
   * @param headers of the answer
   * @param body as text
   */
  record Seen(int status, HttpHeaders headers, String body) {

    private static final int SHOWN = 160;

    Optional<String> header(String name) {
      return headers.firstValue(name);
    }

    /** The body as JSON; a missing node when it is something else. */
    JsonNode json() {
      try {
        return Json.MAPPER.readTree(body);
      } catch (JsonProcessingException e) {
        return Json.MAPPER.missingNode();
      }
    }

    /** This answer, provided that it has the status. */
    Seen expect(int expected, String what) {
      if (status != expected) {
        throw new CommandFailure(
            "%s answered %d, not %d%s.".formatted(what, status, expected, code()));
      }
      return this;
    }

    /** The code of a problem document, for a sentence. */
    String code() {
      String code = json().path("code").asText();
      return code.isEmpty() || code.length() > SHOWN ? "" : " (" + code + ")";
    }
  }

  Seen get(String url, Map<String, String> headers) {
    return send("GET", url, "", headers);
  }

  Seen post(String url, String body, Map<String, String> headers) {
    return send("POST", url, body, headers);
  }

  Seen send(String method, String url, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(REQUEST_TIMEOUT)
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (!body.isEmpty() && headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    return exchange(request.build());
  }

  private Seen exchange(HttpRequest request) {
    String what = request.method() + " " + request.uri();
    try {
      HttpResponse<String> answer =
          Exchange.within(
              REQUEST_TIMEOUT, client, request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Seen(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      if (hasUnknownHost(e)) {
        throw new OutOfReach("The host of %s is not known here.", request.uri());
      }
      String seen = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new CommandFailure("%s was not answered: %s.".formatted(what, seen), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(what + " was interrupted.", e);
    }
  }

  private static boolean hasUnknownHost(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException
          || cause instanceof java.net.UnknownHostException) {
        return true;
      }
    }
    return false;
  }
}
