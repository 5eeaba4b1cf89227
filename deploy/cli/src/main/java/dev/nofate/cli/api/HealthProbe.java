package dev.nofate.cli.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks an address whether anybody is there. A wait of 3 s is no. */
public final class HealthProbe {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(1))
          .build();

  private static final int OK = 200;
  private static final int NOBODY = -1;

  /** Whether the address answers 200. */
  public boolean isReady(String url) {
    return status(url) == OK;
  }

  /** Whether the address answers at all. */
  public boolean answers(String url) {
    return status(url) != NOBODY;
  }

  private int status(String url) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return NOBODY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOBODY;
    }
  }
}
