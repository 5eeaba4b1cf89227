package dev.nofate.billing.standin;

import dev.nofate.billing.time.DatabaseClock;
import io.quarkus.test.Mock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** The database's clock, which a test can put forward. */
@Mock
@ApplicationScoped
public class ShiftedClock extends DatabaseClock {

  private final AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);

  /** Lets time pass. */
  public void advance(Duration time) {
    shift.updateAndGet(time::plus);
  }

  /** Back to the present. */
  public void reset() {
    shift.set(Duration.ZERO);
  }

  @Override
  public Uni<Instant> now(SqlClient client) {
    return super.now(client).map(now -> now.plus(shift.get()));
  }
}
