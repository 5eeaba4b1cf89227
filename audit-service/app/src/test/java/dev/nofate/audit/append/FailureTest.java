package dev.nofate.audit.append;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTest {

  @ParameterizedTest
  @CsvSource({
    "23505, CONFLICT",
    "40001, TRANSIENT",
    "40P01, TRANSIENT",
    "57P01, TRANSIENT",
    "53300, TRANSIENT",
    "25006, TRANSIENT",
    "08006, TRANSIENT",
    "42501, PERMANENT",
    "23514, PERMANENT",
    "22P05, PERMANENT"
  })
  void tellsFromTheSqlStateWhatAnotherAttemptWouldBring(String state, Failure failure) {
    assertThat(Failure.of(new PgException("x", "ERROR", state, "x"))).isEqualTo(failure);
  }

  @Test
  void takesWhatDidNotComeFromTheDatabaseForALostConnection() {
    assertThat(Failure.of(new IOException())).isEqualTo(Failure.TRANSIENT);
  }
}
