package dev.nofate.gate.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.standin.Client;
import dev.nofate.gate.standin.GateTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms that nobody's browser makes out of a page of the console. */
@GateTest
class FormIT {

  private static final String FORM = "application/x-www-form-urlencoded";

  private final List<LogRecord> warnings = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(record);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(handler);
  }

  @AfterEach
  void stop() {
    Logger.getLogger("").removeHandler(handler);
  }

  @ParameterizedTest
  @CsvSource({
    "/console/admin/keys, 5000",
    "/console/admin/keys, 100000",
    "/console/admin/erasure/retention, 5000",
    "/console/draft/check, 5000",
    "/console/sign-out, 5000"
  })
  void aFormOfTooManyFieldsIsRefusedAtTheDoor(String path, int fields) {
    String many =
        IntStream.range(0, fields).mapToObj(i -> "f" + i).collect(Collectors.joining("&"));

    refused(413, send(path, FORM, "name=x&" + many));
  }

  @Test
  void aFieldThatIsTooLongIsRefusedAtTheDoor() {
    refused(413, send("/console/draft/check", FORM, "document=" + "x".repeat(1_500_000)));
  }

  @Test
  void aFormThatCannotBeReadIsRefusedAtTheDoor() {
    refused(400, send("/console/admin/keys", FORM, "name=%zz"));
    refused(400, send("/console/admin/keys", FORM, "&"));
    refused(415, visit().multiPart("name", "x").post("/console/admin/keys"));
    refused(415, send("/console/admin/keys", "application/json", "{}"));
  }

  @Test
  void aFormMayComeInPieces() {
    Looker admin = Looker.of(Client.fresh(), "admin");
    String document = "\u00e9 &=%+".repeat(10_000);
    Response answer = admin.post("/console/draft/check", Map.of("document", document));

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    assertThat(Jsoup.parse(answer.asString()).selectFirst("textarea[name=document]").val())
        .isEqualTo(document);
  }

  @Test
  void aPageSaysInWordsWhatBrokeAConstraint() {
    Looker admin = Looker.of(Client.fresh(), "admin");
    Response answer = admin.post("/console/admin/keys", Map.of("name", " "));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Jsoup.parse(answer.asString()).select("main li").eachText())
        .containsExactly("name is absent or blank", "scopes is absent or empty");
  }

  private static Response send(String path, String type, String body) {
    return visit().header("Content-Type", type).body(body).post(path);
  }

  private static RequestSpecification visit() {
    return given().cookie(Looker.COOKIE, Looker.of(Client.fresh(), "admin").cookie());
  }

  private void refused(int status, Response answer) {
    answer.then().statusCode(status).contentType("application/problem+json");
    assertThat(warnings).isEmpty();
  }
}
