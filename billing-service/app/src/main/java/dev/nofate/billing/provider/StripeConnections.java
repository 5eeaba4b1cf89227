package dev.nofate.billing.provider;

import com.stripe.exception.ApiConnectionException;
import com.stripe.net.HttpClient;
import com.stripe.net.HttpContent;
import com.stripe.net.HttpHeaders;
import com.stripe.net.StripeRequest;
import com.stripe.net.StripeResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sends the library's requests, and tells apart what the library's own client does not: that no
 * connection was opened, and that no answer came. A request with a body is sent once: unless its
 * length is fixed, the platform sends it a second time by itself when a connection breaks.
 */
final class StripeConnections extends HttpClient {

  private static final int FAULTY_REQUEST = 400;

  @Override
  public StripeResponse request(StripeRequest request) throws ApiConnectionException {
    HttpURLConnection connection = opened(request);
    try {
      if (request.content() != null) {
        connection.getOutputStream().write(request.content().byteArrayContent());
        connection.getOutputStream().close();
      }
      int status = connection.getResponseCode();
      return new StripeResponse(status, headers(connection), body(connection, status));
    } catch (IOException e) {
      throw new ApiConnectionException("no answer", e);
    }
  }

  private static HttpURLConnection opened(StripeRequest request) throws NotOpenedException {
    try {
      HttpURLConnection connection = (HttpURLConnection) request.url().openConnection();
      connection.setConnectTimeout(request.options().getConnectTimeout());
      connection.setReadTimeout(request.options().getReadTimeout());
      connection.setUseCaches(false);
      connection.setInstanceFollowRedirects(false);
      connection.setRequestMethod(request.method().name());
      request
          .headers()
          .map()
          .forEach((name, values) -> connection.setRequestProperty(name, String.join(",", values)));
      connection.setRequestProperty("User-Agent", buildUserAgentString(request));
      connection.setRequestProperty(
          "X-Stripe-Client-User-Agent", buildXStripeClientUserAgentString());
      HttpContent content = request.content();
      if (content != null) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", content.contentType());
        connection.setFixedLengthStreamingMode(content.byteArrayContent().length);
      }
      connection.connect();
      return connection;
    } catch (IOException e) {
      throw new NotOpenedException(e);
    }
  }

  private static HttpHeaders headers(HttpURLConnection connection) {
    Map<String, List<String>> named =
        connection.getHeaderFields().entrySet().stream()
            .filter(header -> header.getKey() != null)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    return HttpHeaders.of(named);
  }

  private static String body(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status < FAULTY_REQUEST ? connection.getInputStream() : connection.getErrorStream()) {
      String body = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // The platform hands out no body of a 401; the library needs one to tell the status.
      return body.isEmpty() ? "{}" : body;
    }
  }

  /** No byte of the request left. */
  static final class NotOpenedException extends ApiConnectionException {

    private static final long serialVersionUID = 1L;

    NotOpenedException(IOException cause) {
      super("no connection", cause);
    }
  }
}
