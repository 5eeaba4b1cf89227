package dev.nofate.cli.api;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request and the whole of its answer. The client's own timeout ends with the answer's headers,
 * whatever becomes of the body.
 */
public final class Exchange {

  private Exchange() {}

  /**
   * An answer, its body included.
   *
   * @throws HttpTimeoutException when it was not there in time
   * @throws IOException when it did not come whole
   */
  public static <T> HttpResponse<T> within(
      Duration most, HttpClient http, HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, handler);
    try {
      return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      HttpTimeoutException late =
          new HttpTimeoutException("not whole within %d s".formatted(most.toSeconds()));
      late.initCause(e);
      throw late;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    }
  }
}
