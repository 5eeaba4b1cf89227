package dev.nofate.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Requests to the suite, through its gateway or to a service. Every wait is bounded, to the last
 * byte of an answer.
 */
public final class ApiClient {

  private static final int OK = 200;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration DOWNLOAD_TIMEOUT = Duration.ofHours(1);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final String baseUrl;
  private final Map<String, String> credentials;

  /** A client that presents this API key; null presents none. */
  public ApiClient(String baseUrl, String apiKey) {
    this.baseUrl = checked(baseUrl);
    this.credentials = apiKey == null ? Map.of() : Map.of("x-api-key", apiKey);
  }

  /**
   * An answer as received.
   *
   * @param status HTTP status
   * @param text body
   * @param retryAfter when the service asks to be asked again; empty when it does not say
   */
  public record Answer(int status, String text, Optional<Duration> retryAfter) {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private static Answer of(HttpResponse<?> response, String text) {
      return new Answer(
          response.statusCode(),
          text,
          response
              .headers()
              .firstValue("Retry-After")
              .filter(seconds -> seconds.matches("\\d{1,6}"))
              .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
    }

    /** Whether the same request is answered otherwise later. */
    public boolean isForNow() {
      return status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
    }

    /**
     * The body as JSON.
     *
     * @throws CommandFailure when it is something else
     */
    public JsonNode json() {
      try {
        return Json.MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        throw new CommandFailure("the answer with status %d is not JSON".formatted(status), e);
      }
    }

    /** The body as JSON, provided that the status is this one. */
    public JsonNode expect(int expected, String what) {
      expectStatus(expected, what);
      return json();
    }

    /** Nothing, provided that the status is this one. */
    public void expectStatus(int expected, String what) {
      if (status != expected) {
        throw new CommandFailure(
            "%s answered %d, not %d: %s".formatted(what, status, expected, text));
      }
    }
  }

  public Answer get(String path) {
    return send(request(path).GET(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /**
   * Every item of a list, page by page.
   *
   * @param path with a limit, and whatever else selects the items
   * @throws CommandFailure when a page is not answered with 200
   */
  public void forEachItem(String path, Consumer<JsonNode> action) {
    String what = "GET " + path.substring(0, path.indexOf('?'));
    String next = path;
    while (next != null) {
      JsonNode page = get(next).expect(OK, what);
      page.path("items").forEach(action);
      JsonNode after = page.path("next");
      next =
          after.isValueNode() && !after.isNull()
              ? path + "&after=" + URLEncoder.encode(after.asText(), StandardCharsets.UTF_8)
              : null;
    }
  }

  public Answer delete(String path) {
    return send(request(path).DELETE(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  public Answer post(String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
    headers.forEach(request::header);
    return send(
        request.POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8)),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /**
   * Sends a file and takes the lines of the answer as they come.
   *
   * @param line takes each line of an answer with status 200
   * @return the answer; with status 200 its lines are taken and its text is empty
   */
  public Answer postLines(String path, Path file, Consumer<String> line) {
    HttpRequest.Builder request =
        request(path)
            .timeout(DOWNLOAD_TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(content(file));
    Lines lines = new Lines(line);
    HttpResponse<String> response =
        exchange(
            request,
            info ->
                info.statusCode() == OK
                    ? BodySubscribers.fromLineSubscriber(
                        lines, taken -> "", StandardCharsets.UTF_8, null)
                    : BodySubscribers.ofString(StandardCharsets.UTF_8),
            DOWNLOAD_TIMEOUT);
    lines.failed.ifPresent(
        failure -> {
          throw failure;
        });
    return Answer.of(response, response.body());
  }

  /** Hands lines on, up to the first that its taker does not take. */
  private static final class Lines implements Flow.Subscriber<String> {

    private final Consumer<String> taker;
    private Flow.Subscription subscription;
    private Optional<RuntimeException> failed = Optional.empty();

    Lines(Consumer<String> taker) {
      this.taker = taker;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(String line) {
      if (failed.isEmpty() && !line.isEmpty()) {
        try {
          taker.accept(line);
        } catch (RuntimeException e) {
          failed = Optional.of(e);
        }
      }
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }

  private static HttpRequest.BodyPublisher content(Path file) {
    try {
      return BodyPublishers.ofFile(file);
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Where a download ended.
   *
   * @param status HTTP status
   * @param headers of the answer
   */
  public record Download(int status, HttpHeaders headers) {}

  /** Writes the body into a file, whatever its length. */
  public Download download(String path, Path into) {
    HttpRequest.Builder request = request(path).timeout(DOWNLOAD_TIMEOUT).GET();
    HttpResponse<Path> response = exchange(request, BodyHandlers.ofFile(into), DOWNLOAD_TIMEOUT);
    return new Download(response.statusCode(), response.headers());
  }

  private static String checked(String baseUrl) {
    if (!isWeb(baseUrl)) {
      throw new CommandFailure(baseUrl + " is no http or https address");
    }
    return baseUrl.replaceAll("/+$", "");
  }

  private static boolean isWeb(String text) {
    try {
      URI address = new URI(text);
      return List.of("http", "https").contains(address.getScheme()) && address.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(REQUEST_TIMEOUT);
    credentials.forEach(request::header);
    return request;
  }

  private Answer send(HttpRequest.Builder request, BodyHandler<String> handler) {
    HttpResponse<String> response = exchange(request, handler, REQUEST_TIMEOUT);
    return Answer.of(response, response.body());
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest.Builder request, BodyHandler<T> handler, Duration most) {
    HttpRequest built = request.build();
    String what = built.method() + " " + built.uri();
    try {
      return Exchange.within(most, http, built, handler);
    } catch (IOException e) {
      String cause = e.getMessage() == null ? "no connection" : e.getMessage();
      throw new CommandFailure("%s was not answered: %s".formatted(what, cause), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted while waiting for an answer", e);
    }
  }
}
