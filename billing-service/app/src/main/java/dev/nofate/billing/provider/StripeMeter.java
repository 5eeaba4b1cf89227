package dev.nofate.billing.provider;

import com.stripe.model.Price;
import com.stripe.model.billing.Meter;
import java.util.ArrayList;
import java.util.List;

/**
 * The billing meter behind the metered price.
 *
 * @param id {@code mtr_…}
 * @param eventName what its events are called
 * @param customerKey payload key of the customer
 * @param valueKey payload key of the quantity
 */
record StripeMeter(String id, String eventName, String customerKey, String valueKey) {

  /** What keeps a price from billing one cent a unit through a meter. */
  static List<String> faults(Price price) {
    List<String> faults = new ArrayList<>();
    if (!Boolean.TRUE.equals(price.getActive())) {
      faults.add("STRIPE_METERED_PRICE_ID: the price is not active");
    }
    if (!isMetered(price)) {
      faults.add("STRIPE_METERED_PRICE_ID: the price has no billing meter");
    }
    if (price.getRecurring() != null) {
      faults.addAll(faults(price.getRecurring()));
    }
    if (!isOneAUnit(price)) {
      faults.add("STRIPE_METERED_PRICE_ID: the price is not one cent a unit");
    }
    if (!"usd".equals(price.getCurrency())) {
      faults.add("STRIPE_METERED_PRICE_ID: the price is not in US dollars");
    }
    if (price.getTransformQuantity() != null) {
      faults.add("STRIPE_METERED_PRICE_ID: the price divides quantities before it bills them");
    }
    return faults;
  }

  /** Whether the price names a meter. */
  static boolean isMetered(Price price) {
    return price.getRecurring() != null && price.getRecurring().getMeter() != null;
  }

  /** The ledger's months are the invoices'. */
  private static List<String> faults(Price.Recurring recurring) {
    List<String> faults = new ArrayList<>();
    if (!"metered".equals(recurring.getUsageType())) {
      faults.add("STRIPE_METERED_PRICE_ID: the price's usage is not metered");
    }
    if (!"month".equals(recurring.getInterval())
        || recurring.getIntervalCount() == null
        || recurring.getIntervalCount() != 1) {
      faults.add("STRIPE_METERED_PRICE_ID: the price does not recur every month");
    }
    return faults;
  }

  /** What keeps a meter from adding up what it is told. */
  static List<String> faults(Meter meter) {
    List<String> faults = new ArrayList<>();
    if (!"active".equals(meter.getStatus())) {
      faults.add("STRIPE_METERED_PRICE_ID: its billing meter is not active");
    }
    if (meter.getDefaultAggregation() == null
        || !"sum".equals(meter.getDefaultAggregation().getFormula())) {
      faults.add("STRIPE_METERED_PRICE_ID: its billing meter does not sum up");
    }
    return faults;
  }

  /** Whether a price bills what this meter counts, at a cent a unit; an archived one still does. */
  boolean isBilledBy(Price price) {
    return isMetered(price)
        && id.equals(price.getRecurring().getMeter())
        && isOneAUnit(price)
        && price.getTransformQuantity() == null
        && "usd".equals(price.getCurrency());
  }

  private static boolean isOneAUnit(Price price) {
    return "per_unit".equals(price.getBillingScheme())
        && price.getUnitAmount() != null
        && price.getUnitAmount() == 1
        && price.getTiersMode() == null;
  }

  static StripeMeter of(Meter meter) {
    return new StripeMeter(
        meter.getId(),
        meter.getEventName(),
        meter.getCustomerMapping().getEventPayloadKey(),
        meter.getValueSettings().getEventPayloadKey());
  }
}
