package dev.nofate.invoice.event;

import jakarta.enterprise.context.ApplicationScoped;

/** Stripe's meter did not count some of the events it had accepted. A thin event. */
@ApplicationScoped
public class MeterErrorReportTriggered implements StripeEventHandler {

  @Override
  public String type() {
    return "v1.billing.meter.error_report_triggered";
  }

  @Override
  public Told tell(StripeEvent event) {
    return StripeMeter.told(event);
  }
}
