package dev.nofate.billing.account;

import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.billing.provider.PaymentProvider;
import dev.nofate.billing.provider.Realm;
import dev.nofate.billing.start.FaultySettingsException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Refuses to start where accounts are open at Stripe and the settings lead elsewhere: their usage
 * would be told to whoever does not bill it. Without the database the service starts, and refuses
 * each report of such an account.
 */
@ApplicationScoped
public class RealmCheck {

  /** After the settings were checked, before anything is served. */
  static final int AFTER_CHECK = 160;

  private static final Logger LOG = Logger.getLogger(RealmCheck.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Transactions transactions;
  private final AccountStore store;
  private final PaymentProvider provider;

  public RealmCheck(Transactions transactions, AccountStore store, PaymentProvider provider) {
    this.transactions = transactions;
    this.store = store;
    this.provider = provider;
  }

  void check(@Observes @Priority(AFTER_CHECK) StartupEvent started) {
    long elsewhere;
    try {
      elsewhere =
          transactions
              .run(
                  Purpose.DIFFERENCES,
                  connection -> store.openElsewhere(connection, provider.realm()))
              .await()
              .atMost(PATIENCE);
    } catch (RuntimeException e) {
      LOG.warnf("where accounts are open was not looked up: %s", e.getClass().getSimpleName());
      return;
    }
    refuse(elsewhere, provider.realm());
  }

  static void refuse(long elsewhere, Realm here) {
    if (elsewhere > 0) {
      throw new FaultySettingsException(
          List.of(
              switch (here) {
                case MOCK ->
                    "BILLING_MODE: mock, and %d accounts are open at Stripe".formatted(elsewhere);
                case TEST ->
                    "STRIPE_SECRET_KEY: a test key, and %d accounts were opened with a live one"
                        .formatted(elsewhere);
                case LIVE ->
                    "STRIPE_SECRET_KEY: a live key, and %d accounts were opened with a test one"
                        .formatted(elsewhere);
              }));
    }
  }
}
