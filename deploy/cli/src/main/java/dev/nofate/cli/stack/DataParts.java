package dev.nofate.cli.stack;

import dev.nofate.embedded.Bootstrap;
import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.EmbeddedPostgres17;
import dev.nofate.embedded.EmbeddedRedis;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Postgres and Redis of a state folder.
 *
 * @param postgres durable: a power cut loses nothing that was acknowledged
 * @param redis persists nothing
 */
record DataParts(EmbeddedPostgres17 postgres, EmbeddedRedis redis) {

  private static final int ANSWER_SECONDS = 3;

  static DataParts of(Home home, String postgresPassword, int postgresPort, int redisPort) {
    return new DataParts(
        EmbeddedPostgres17.in(
            new EmbeddedPostgres17.Settings(
                home.postgres(), home.programs(), postgresPort, true, postgresPassword)),
        EmbeddedRedis.in(home.redis(), home.programs(), redisPort));
  }

  /** For asking whether they run and for ending them, which takes neither port nor password. */
  static DataParts of(Home home) {
    return of(home, "", 0, 0);
  }

  /** The superuser's way into the suite's database. */
  DatabaseUrl superuser() {
    return postgres.superuser().withDatabase(Bootstrap.DATABASE);
  }

  boolean postgresAnswers() {
    try (Connection connection = superuser().connect()) {
      return connection.isValid(ANSWER_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }
}
