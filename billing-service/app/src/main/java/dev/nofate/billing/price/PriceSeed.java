package dev.nofate.billing.price;

import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Opens the price book at the first start. */
@ApplicationScoped
public class PriceSeed {

  /** After the settings were checked. */
  static final int AFTER_CHECK = 200;

  private static final Logger LOG = Logger.getLogger(PriceSeed.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Pool pool;
  private final PriceBook book;
  private final PriceSetting setting;

  public PriceSeed(Pool pool, PriceBook book, PriceSetting setting) {
    this.pool = pool;
    this.book = book;
    this.setting = setting;
  }

  void open(@Observes @Priority(AFTER_CHECK) StartupEvent started) {
    boolean opened =
        book.open(pool, setting.first())
            .onFailure()
            .retry()
            .withBackOff(SHORTEST_WAIT, LONGEST_WAIT)
            .expireIn(PATIENCE.toMillis())
            .await()
            .atMost(PATIENCE.multipliedBy(2));
    LOG.info(opened ? "price book opened with version 1" : "price book is there");
  }
}
