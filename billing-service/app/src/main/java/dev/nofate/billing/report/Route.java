package dev.nofate.billing.report;

import dev.nofate.billing.provider.PaymentProvider.Usage;
import java.time.Instant;

/**
 * What follows for an entry that is not reported. Usage gets onto the invoice of its own period as
 * long as that invoice certainly takes it, and becomes an item of the next one otherwise; what may
 * be there already takes no other way before it is known not to be.
 */
final class Route {

  private final ReportConfig config;
  private final Usage usage;
  private final Instant now;

  Route(ReportConfig config, Usage usage, Instant now) {
    this.config = config;
    this.usage = usage;
    this.now = now;
  }

  /** Of usage that the provider certainly does not have. */
  Step unsent(Billing billing) {
    if (billing instanceof Billing.Nowhere nowhere) {
      return new Step.Refuse(nowhere.why());
    }
    return new Step.Send(takes(billing) ? Channel.METER_EVENT : Channel.INVOICE_ITEM);
  }

  /** Of usage that may be an item and was not found to be. */
  Step item(Doubt doubt) {
    if (doubt.isWithin(config.identifierMemory(), now)) {
      return new Step.Send(Channel.INVOICE_ITEM);
    }
    Instant known = known(doubt);
    return now.isBefore(known) ? new Step.Wait(known) : new Step.Forget();
  }

  /** Of usage that may have been metered. */
  Step metered(Doubt doubt, Billing billing) {
    if (takes(billing)
        && isWhereItWent(doubt, billing)
        && doubt.isWithin(config.identifierMemory(), now)) {
      return new Step.Send(Channel.METER_EVENT);
    }
    Instant known = known(doubt);
    return now.isBefore(known) ? new Step.Wait(known) : new Step.AskTheMeter();
  }

  /**
   * Of usage that may have been metered, by what the meter's sums have and no report explains.
   *
   * @param unexplained whole cents
   */
  Step asked(long unexplained, Doubt doubt, Billing billing) {
    if (unexplained == 0) {
      return new Step.Forget();
    }
    if (unexplained != usage.cents()) {
      return new Step.Hold(
          "%d cents were sent, the provider has %d that no report explains"
              .formatted(usage.cents(), unexplained));
    }
    return isWhereItWent(doubt, billing)
        ? new Step.Metered()
        : new Step.Hold(
            "%d cents were metered for a subscription that has ended or was replaced"
                .formatted(usage.cents()));
  }

  /** From when on the provider shows what it has. */
  private Instant known(Doubt doubt) {
    return doubt.sentUntil(config.identifierMemory()).plus(config.summaryLag());
  }

  private boolean takes(Billing billing) {
    return billing instanceof Billing.Open open
        && !usage.at().isBefore(now.minus(config.oldestMetered()))
        && open.takes(usage.at(), now, config.draftMargin());
  }

  private static boolean isWhereItWent(Doubt doubt, Billing billing) {
    return billing instanceof Billing.Open open && doubt.wentTo(open.subscription());
  }
}
