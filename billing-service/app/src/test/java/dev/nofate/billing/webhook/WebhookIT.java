package dev.nofate.billing.webhook;

import static dev.nofate.billing.webhook.Webhooks.event;
import static dev.nofate.billing.webhook.Webhooks.newEventId;
import static dev.nofate.billing.webhook.Webhooks.send;
import static dev.nofate.billing.webhook.Webhooks.sign;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.nofate.billing.standin.BillingParts;
import dev.nofate.billing.standin.Concurrently;
import dev.nofate.billing.standin.Database;
import dev.nofate.embedded.PartsTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@BillingParts
class WebhookIT {

  @TestHTTPResource URL url;

  @Test
  void storesASignedEventAsItCame() {
    String id = newEventId();
    String body = event(id, "invoice.paid").replace(",", " ,\n ");

    send(body).statusCode(200).body("received", equalTo(true));

    assertThat(stored(id, "payload")).containsExactly(body);
    assertThat(stored(id, "type || ' ' || state || ' ' || attempts"))
        .containsExactly("invoice.paid PENDING 0");
  }

  @Test
  void timesWhatAnEventTakes() {
    send(event(newEventId(), "invoice.paid")).statusCode(200);

    assertThat(given().get("/q/metrics").asString())
        .containsPattern("nofate_billing_webhook_handling_seconds_bucket\\{le=\"0.05\".*\\} [1-9]");
  }

  @Test
  void answersARepeatedEventTheSameAndStoresItOnce() {
    String id = newEventId();
    String body = event(id, "invoice.paid");

    send(body).statusCode(200);
    send(body).statusCode(200).body("received", equalTo(true));

    assertThat(stored(id, "1")).hasSize(1);
  }

  @Test
  void storesAnEventOnceThatArrivesSeveralTimesAtOnce() {
    String id = newEventId();
    String body = event(id, "invoice.paid");

    assertThat(Concurrently.run(8, () -> send(body).extract().statusCode())).containsOnly(200);
    assertThat(stored(id, "1")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/octet-stream", "application/json; charset=utf-8"})
  void looksAtTheSignatureAndNotAtTheMediaType(String mediaType) {
    String id = newEventId();
    String body = event(id, "invoice.paid");

    given()
        .config(
            RestAssuredConfig.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
        .header("Stripe-Signature", sign(body, Instant.now().getEpochSecond()))
        .contentType(mediaType)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .post("/webhooks/stripe")
        .then()
        .statusCode(200);
    assertThat(stored(id, "1")).hasSize(1);
  }

  static Stream<String> oddHeaders() {
    String now = Long.toString(Instant.now().getEpochSecond());
    return Stream.of(
        "",
        " ",
        ",",
        ",,,,",
        "=",
        "==",
        "t",
        "t=",
        "t=,",
        "t=,v1=",
        "v1",
        "v1=",
        "v1=00",
        "null",
        "undefined",
        "t=x",
        "t=x,v1=00",
        "t=1e9,v1=00",
        "t=-1,v1=00",
        "t=+1,v1=00",
        "t=0,v1=00",
        "t=0x10,v1=00",
        "t=1.5,v1=00",
        "t=99999999999999999999999,v1=00",
        "t=NaN,v1=00",
        "t=" + now,
        "t=" + now + ",",
        "t=" + now + ",v1",
        "t=" + now + ",v1=",
        "t=" + now + ",v1=,",
        "t=" + now + ",v1=zz",
        "t=" + now + ",v1=" + "0".repeat(64),
        "t=" + now + ",v1=" + "f".repeat(64),
        "t=" + now + ",v0=" + "0".repeat(64),
        "t=" + now + ";v1=00",
        "t:" + now + ",v1:00",
        "T=" + now + ",V1=00",
        "t=" + now + ",t=" + now + ",v1=00",
        "v1=00,t=" + now,
        "t==" + now + ",v1==00",
        "t= " + now + " ,v1= 00",
        "{\"t\":" + now + "}",
        "[]",
        "Bearer x",
        "'; DROP TABLE accounts;--",
        "%00",
        "%s%n",
        "${jndi:ldap://x}",
        "t=" + now + ",v1=" + "0".repeat(5000));
  }

  @ParameterizedTest
  @MethodSource("oddHeaders")
  void refusesEveryOddHeader(String header) {
    String id = newEventId();

    String answer =
        send(event(id, "invoice.paid"), header)
            .statusCode(400)
            .body("code", equalTo("SIGNATURE_INVALID"))
            .extract()
            .asString();

    assertThat(answer).doesNotContain(PartsTestResource.STRIPE_WEBHOOK_SECRET);
    assertThat(stored(id, "1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "true",
        "0",
        "\"evt_1\"",
        "[]",
        "{}",
        "{",
        "}",
        "[[[[",
        "nul",
        "{\"id\":\"evt_1\"}",
        "{\"type\":\"invoice.paid\"}",
        "{\"id\":null,\"type\":null}",
        "{\"id\":1,\"type\":2}",
        "{\"id\":\"in_1\",\"type\":\"invoice.paid\"}",
        "{\"id\":\"evt_\",\"type\":\"invoice.paid\"}",
        "{\"id\":\"evt_1\",\"type\":\"\"}",
        "{\"id\":\"evt_1\",\"type\":\"A B\"}",
        "{\"id\":\"evt_\\u0000\",\"type\":\"invoice.paid\"}",
        "<xml/>",
        "id=evt_1&type=invoice.paid"
      })
  void refusesASignedBodyThatIsNoEvent(String body) {
    send(body).statusCode(400);
  }

  @Test
  void refusesABodyThatIsNotUtf8() {
    byte[] body = {'{', '"', (byte) 0xff, '"', '}'};

    given()
        .header("Stripe-Signature", sign(new String(body, StandardCharsets.UTF_8), now()))
        .contentType("application/json")
        .body(body)
        .post("/webhooks/stripe")
        .then()
        .statusCode(400)
        .body("code", equalTo("SIGNATURE_INVALID"));
  }

  @Test
  void refusesABodyNestedBeyondReason() throws Exception {
    String body = "[".repeat(100_000);
    // Not by RestAssured: what it keeps for its log is indented, some gigabytes at this depth.
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/webhooks/stripe"))
            .header("Stripe-Signature", sign(body, now()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();

    HttpResponse<Void> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());

    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void refusesNoHeaderAndTwoHeaders() {
    String body = event(newEventId(), "invoice.paid");
    String good = sign(body, now());

    given().body(body).post("/webhooks/stripe").then().statusCode(400);
    given()
        .header("Stripe-Signature", good)
        .header("Stripe-Signature", good)
        .contentType("application/json")
        .body(body)
        .post("/webhooks/stripe")
        .then()
        .statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(longs = {-400, 400, 100_000})
  void refusesASignatureFromAnotherTime(long seconds) {
    String body = event(newEventId(), "invoice.paid");

    send(body, sign(body, now() + seconds)).statusCode(400);
  }

  @Test
  void refusesAnotherSecretsSignature() {
    String body = event(newEventId(), "invoice.paid");

    send(body, sign(body, now(), "whsec_somebody_else_0123456789")).statusCode(400);
  }

  @Test
  void takesABodyUpToHalfAMebibyteAndNoLarger() {
    String id = newEventId();
    String most = event(id, "invoice.paid");
    String padded = most + " ".repeat(512 * 1024 - most.length());

    send(padded).statusCode(200);
    send(padded + " ").statusCode(413);
  }

  @Test
  void storesAnEventWhoseSenderGoesAway() throws IOException {
    List<String> ids = Stream.generate(Webhooks::newEventId).limit(20).toList();
    for (String id : ids) {
      sendAndLeave(event(id, "invoice.paid"));
    }

    for (String id : ids) {
      await().until(() -> stored(id, "1").size() == 1);
    }
  }

  private void sendAndLeave(String body) throws IOException {
    String request =
        """
        POST /webhooks/stripe HTTP/1.1\r
        Host: localhost\r
        Stripe-Signature: %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        %s"""
            .formatted(sign(body, now()), body.length(), body);
    try (Socket socket = new Socket("localhost", url.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
    }
  }

  private static long now() {
    return Instant.now().getEpochSecond();
  }

  private static List<String> stored(String id, String expression) {
    return Database.column(
        "SELECT %s FROM stripe_events WHERE event_id = '%s'".formatted(expression, id));
  }
}
