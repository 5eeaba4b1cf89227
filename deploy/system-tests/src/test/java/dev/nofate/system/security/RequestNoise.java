package dev.nofate.system.security;

import dev.nofate.system.security.Endpoint.Parameter;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Requests to an operation: well framed, and otherwise anything. */
final class RequestNoise {

  private static final String[] METHODS = {
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW", "PROPFIND"
  };
  private static final String[] TYPES = {
    "application/json; charset=utf-16",
    "text/plain",
    "application/xml",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "nonsense",
    "*/*",
    "",
    "application/json;;;",
    "a/b; c=\"",
    "application/merge-patch+json"
  };
  private static final String[] ACCEPTS = {
    "*/*",
    "text/html",
    "application/xml",
    "application/json;q=0",
    "nonsense",
    "",
    "a/b;q=x",
    "text/csv",
    "image/png, */*;q=0.1",
    "application/problem+json"
  };
  private static final String[] FIELDS = {
    "Accept-Language: xx-YY;q=9",
    "If-None-Match: \"x\"",
    "If-Modified-Since: never",
    "Range: bytes=0-",
    "traceparent: nonsense",
    "X-Forwarded-For: 127.0.0.1, x",
    "X-HTTP-Method-Override: DELETE",
    "Forwarded: for=\"_x\"",
    "Origin: null",
    "Cookie: a; b=\"",
    "Cookie: __session=x.y.z",
    "Upgrade: h2c",
    "Expect: 200-ok",
    "No-Fate-Subject: \u00e9",
    "Content-Encoding: gzip",
    "X-Big: " + "b".repeat(9_000),
    "TE: trailers",
    "Max-Forwards: -1",
    "tracestate: =,=",
    "baggage: a=%zz",
    "Accept-Charset: utf-16",
    "Via: 1.1 x",
    "Access-Control-Request-Method: GET"
  };
  private static final String[] SEGMENTS = {
    "%00",
    "%ff%fe",
    "..%2f..%2f",
    "%252e%252e",
    "a%0d%0aX:y",
    "%20",
    "~",
    "a;b=c",
    "1",
    "-1",
    "%F0%9F%98%80",
    "payments.transfer",
    "payments.transfer@1",
    "payments.transfer@99",
    "payments.transfer@sha256:0",
    "@",
    "a@@b",
    "null",
    "9999999999999999999999",
    "%E0%A4%A"
  };

  private final Random random;
  private final JsonNoise json;
  private final List<String> credentials;

  /**
   * Makes a source of requests.
   *
   * @param credentials header fields; one of them or none goes with each request
   */
  RequestNoise(Random random, List<String> credentials) {
    this.random = random;
    this.json = new JsonNoise(random);
    this.credentials = credentials;
  }

  /** The octets of one request, its connection closed after the answer. */
  byte[] request(Endpoint endpoint) {
    StringBuilder head = new StringBuilder();
    String method = random.nextInt(10) == 0 ? of(METHODS) : endpoint.method();
    head.append(method).append(' ').append(target(endpoint)).append(" HTTP/1.1\r\n");
    head.append("Host: fuzz\r\nConnection: close\r\n");
    if (random.nextInt(12) != 0) {
      head.append(credentials.get(random.nextInt(credentials.size()))).append("\r\n");
    }
    if (random.nextInt(3) == 0) {
      head.append("Accept: ").append(of(ACCEPTS)).append("\r\n");
    }
    if (random.nextInt(4) == 0) {
      head.append(of(FIELDS)).append("\r\n");
    }
    for (Parameter parameter : endpoint.parameters("header")) {
      head.append(parameter.name()).append(": ").append(fieldValue()).append("\r\n");
    }
    byte[] body = endpoint.hasBody() || random.nextInt(8) == 0 ? json.body(endpoint) : new byte[0];
    if (body.length > 0 || endpoint.hasBody()) {
      head.append("Content-Type: ")
          .append(random.nextInt(8) == 0 ? of(TYPES) : "application/json")
          .append("\r\n");
    }
    return random.nextInt(4) == 0 ? chunked(head, body) : whole(head, body);
  }

  private String target(Endpoint endpoint) {
    String path = endpoint.path();
    for (Parameter parameter : endpoint.parameters("path")) {
      path = path.replace("{" + parameter.name() + "}", segment());
    }
    StringBuilder query = new StringBuilder();
    for (Parameter parameter : endpoint.parameters("query")) {
      for (int i = 0; i < random.nextInt(3); i++) {
        query.append('&').append(parameter.name()).append('=').append(queryValue());
      }
    }
    if (random.nextInt(10) == 0) {
      query.append("&").append(queryValue());
    }
    return query.isEmpty() ? path : path + "?" + query.substring(1);
  }

  private String segment() {
    return switch (random.nextInt(4)) {
      case 0 -> UUID.randomUUID().toString();
      case 1 -> "s".repeat(1 + random.nextInt(2_000));
      default -> of(SEGMENTS);
    };
  }

  private String queryValue() {
    return random.nextInt(3) == 0
        ? of(SEGMENTS)
        : URLEncoder.encode(json.anyText(), StandardCharsets.UTF_8);
  }

  private String fieldValue() {
    return switch (random.nextInt(5)) {
      case 0 -> "";
      case 1 -> "k".repeat(random.nextInt(400));
      case 2 -> "\u00e9\u00ff";
      default -> UUID.randomUUID().toString();
    };
  }

  private static byte[] whole(StringBuilder head, byte[] body) {
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    return join(head.toString(), body, "");
  }

  private static byte[] chunked(StringBuilder head, byte[] body) {
    head.append("Transfer-Encoding: chunked\r\n\r\n");
    if (body.length == 0) {
      return join(head.toString(), body, "0\r\n\r\n");
    }
    head.append(Integer.toHexString(body.length)).append("\r\n");
    return join(head.toString(), body, "\r\n0\r\n\r\n");
  }

  private static byte[] join(String head, byte[] body, String end) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    all.writeBytes(end.getBytes(StandardCharsets.ISO_8859_1));
    return all.toByteArray();
  }

  private String of(String[] values) {
    return values[random.nextInt(values.length)];
  }
}
