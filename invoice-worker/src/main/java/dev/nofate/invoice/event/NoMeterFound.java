package dev.nofate.invoice.event;

import jakarta.enterprise.context.ApplicationScoped;

/** Usage was accepted under a name that no meter has. A thin event. */
@ApplicationScoped
public class NoMeterFound implements StripeEventHandler {

  @Override
  public String type() {
    return "v1.billing.meter.no_meter_found";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeMeter.told(event);
  }
}
