package dev.nofate.invoice.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.billing.contract.SettlementApi.About;
import dev.nofate.billing.contract.SettlementApi.ClaimRequest;
import dev.nofate.billing.contract.SettlementApi.Failure;
import dev.nofate.billing.contract.SettlementApi.Result;
import dev.nofate.billing.contract.StripeEventClaim;
import dev.nofate.invoice.call.Calls;
import dev.nofate.invoice.event.Settling.Done;
import dev.nofate.invoice.event.Settling.Failed;
import dev.nofate.invoice.settlement.Settlement;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** Works off stored Stripe events: those of a kind one after the other. */
@ApplicationScoped
public class EventWork {

  private static final Logger LOG = Logger.getLogger(EventWork.class);

  private final Settlement settlement;
  private final StripeEventHandlers handlers;
  private final ObjectMapper json;
  private final EventConfig config;
  private final MeterRegistry metrics;
  private final String worker = "invoice-worker-" + UUID.randomUUID();

  public EventWork(
      Settlement settlement,
      StripeEventHandlers handlers,
      ObjectMapper json,
      EventConfig config,
      MeterRegistry metrics) {
    this.settlement = settlement;
    this.handlers = handlers;
    this.json = json;
    this.config = config;
    this.metrics = metrics;
  }

  /**
   * Claims a batch and settles it.
   *
   * @param ending asked between events; once it says so, the rest is left to the lease
   * @return whether there is more to claim at once
   * @throws RuntimeException when billing-service takes no result; what was claimed comes back
   */
  public boolean run(About about, BooleanSupplier ending) {
    int batch = about == About.INVOICES ? config.batch() : config.batchOfNotices();
    List<StripeEventClaim> claims =
        settlement.claim(about, new ClaimRequest(worker, batch, config.lease().toMillis()));
    for (StripeEventClaim claim : claims) {
      if (ending.getAsBoolean()) {
        return false;
      }
      settle(claim);
    }
    return claims.size() == batch;
  }

  private void settle(StripeEventClaim claim) {
    Settling settling = attempt(claim);
    try {
      if (settling instanceof Failed failed) {
        LOG.warnf("%s failed: %s", claim, failed.reason());
        settlement.fail(claim.eventId(), new Failure(failed.reason(), failed.permanent()));
      } else {
        settlement.complete(claim.eventId());
      }
    } catch (WebApplicationException e) {
      LOG.warnf("%s is left to its lease: billing-service %s", claim, Calls.describe(e));
    }
    metrics.counter("nofate.invoice.events", "result", settling.tag()).increment();
  }

  /** One event's attempt ends with a reason whatever happens: those behind it have their turn. */
  private Settling attempt(StripeEventClaim claim) {
    Optional<StripeEventHandler> handler = handlers.of(claim.type());
    if (handler.isEmpty()) {
      return Done.NOT_ACTED_ON;
    }
    try {
      return settlingOf(handler.get().tell(StripeEvent.read(json, claim)));
    } catch (MalformedEventException e) {
      return new Failed(e.getMessage(), true);
    } catch (WebApplicationException e) {
      return new Failed("billing-service " + Calls.describe(e));
    } catch (RuntimeException e) {
      LOG.debugf(e, "%s failed", claim);
      return new Failed("no answer: " + Calls.describe(e));
    }
  }

  private Settling settlingOf(Told told) {
    if (told instanceof Told.OfInvoice invoice) {
      return settlingOf(settlement.observe(invoice.observation()).result());
    }
    if (told instanceof Told.OfSubscription subscription) {
      return settlingOf(settlement.subscription(subscription.notice()).result());
    }
    if (told instanceof Told.OfCheckout checkout) {
      return settlingOf(settlement.checkout(checkout.notice()).result());
    }
    if (told instanceof Told.OfMeter meter) {
      return settlingOf(settlement.meterFault(meter.fault()).result());
    }
    return Done.UNCHANGED;
  }

  private static Settling settlingOf(Result result) {
    return switch (result) {
      case APPLIED -> Done.APPLIED;
      case UNCHANGED -> Done.UNCHANGED;
      case UNKNOWN_CUSTOMER -> new Failed(result.name());
    };
  }
}
