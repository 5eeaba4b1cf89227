package dev.nofate.billing.price;

import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import io.quarkus.runtime.StartupEvent;
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

  private final Transactions transactions;
  private final PriceBook book;
  private final PriceSetting setting;

  public PriceSeed(Transactions transactions, PriceBook book, PriceSetting setting) {
    this.transactions = transactions;
    this.book = book;
    this.setting = setting;
  }

  void open(@Observes @Priority(AFTER_CHECK) StartupEvent started) {
    boolean opened =
        transactions
            .run(Purpose.PRICES, connection -> book.open(connection, setting.first()))
            .onFailure()
            .retry()
            .withBackOff(SHORTEST_WAIT, LONGEST_WAIT)
            .expireIn(PATIENCE.toMillis())
            .await()
            .atMost(PATIENCE.multipliedBy(2));
    LOG.info(opened ? "price book opened with version 1" : "price book is there");
  }
}
