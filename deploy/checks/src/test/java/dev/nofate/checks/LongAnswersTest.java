package dev.nofate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LongAnswersTest {

  @Test
  void aServiceIsAtLeastAsPatientWithSilenceAsTheGatewayInFrontOfIt() throws IOException {
    for (LongAnswers.Bounds bounds : LongAnswers.BY_PATH.values()) {
      String file = bounds.service() + "/app/src/main/resources/application.properties";
      Properties settings = new Properties();
      settings.load(new StringReader(Repository.text(Repository.path(file))));
      String idle = settings.getProperty("quarkus.http.idle-timeout", "75S");
      assertThat(Integer.parseInt(idle.replace("S", "")))
          .as(bounds.service())
          .isGreaterThan(bounds.idle());
    }
  }
}
