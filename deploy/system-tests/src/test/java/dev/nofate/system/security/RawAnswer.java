package dev.nofate.system.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An answer as octets, and what is wrong with it. */
record RawAnswer(String text) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern INSIDES =
      Pattern.compile(
          "Exception|\tat |java\\.|io\\.quarkus|io\\.vertx|org\\.postgresql|SQLSTATE|jackson");

  int status() {
    // A request whose first line was not read to its end is answered in the oldest version there
    // is.
    return text.matches("(?s)HTTP/1\\.[01] [1-5][0-9]{2} .*")
        ? Integer.parseInt(text.substring(9, 12))
        : 0;
  }

  /** What an answer to a well-framed request never does. */
  Optional<String> fault(String method) {
    int status = status();
    if (status == 0) {
      return Optional.of("no answer");
    }
    if (status >= 500 && status != 503) {
      return Optional.of("status " + status);
    }
    if (INSIDES.matcher(text).find()) {
      return Optional.of("shows its insides");
    }
    return status < 400 || method.equals("HEAD") ? Optional.empty() : problemFault(status);
  }

  private Optional<String> problemFault(int status) {
    int end = text.indexOf("\r\n\r\n");
    String head = text.substring(0, Math.max(0, end)).toLowerCase(Locale.ROOT);
    if (!head.contains("content-type: application/problem+json")) {
      return Optional.of(status + " without a problem document");
    }
    String body = text.substring(end + 4);
    if (head.contains("transfer-encoding: chunked")) {
      body = body.substring(body.indexOf("\r\n") + 2);
    }
    try {
      JsonNode problem = JSON.readTree(body);
      boolean complete =
          problem.path("status").asInt() == status
              && problem.path("code").isTextual()
              && problem.path("type").asText().startsWith("urn:no-fate:problem:");
      return complete ? Optional.empty() : Optional.of("an incomplete problem document");
    } catch (IOException e) {
      return Optional.of(status + " with a problem document that is no JSON");
    }
  }
}
