package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import dev.nofate.embedded.DatabaseUrl;
import dev.nofate.embedded.EmbeddedPostgres17;

/**
 * The Postgres of a state folder, for commands whose business is the database itself.
 *
 * @param server running or not
 * @param superuser the superuser's way into the suite's database
 */
public record Database(EmbeddedPostgres17 server, DatabaseUrl superuser) {

  /** The server that runs. */
  public static Database running(Home home) {
    Database database =
        StateFile.read(home.portsFile(), Ports.class)
            .map(ports -> of(home, ports))
            .orElseThrow(() -> notRunning(home));
    if (database.server().process().isEmpty()) {
      throw notRunning(home);
    }
    return database;
  }

  /** The server that does not run yet, on the port it had if that is free. */
  public static Database toStart(Home home) {
    home.create();
    return of(home, Ports.choose(home, part -> false));
  }

  private static Database of(Home home, Ports ports) {
    DataParts data =
        DataParts.of(
            home,
            Secrets.of(home).postgresPassword(),
            ports.of(Ports.POSTGRES),
            ports.of(Ports.REDIS));
    return new Database(data.postgres(), data.superuser());
  }

  private static CommandFailure notRunning(Home home) {
    return new CommandFailure("no Postgres runs for " + home.folder() + ": nofate up starts one");
  }
}
