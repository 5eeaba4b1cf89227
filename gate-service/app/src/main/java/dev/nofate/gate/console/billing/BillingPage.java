package dev.nofate.gate.console.billing;

import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.Page;
import java.util.List;

/**
 * The bill so far. What was not told is null, and beside it stands what was observed.
 *
 * @param account standing
 * @param preview the month so far
 * @param invoices as last observed, newest first
 * @param prices versions of the price book, newest first
 */
public record BillingPage(
    BillingClient.Account account,
    String accountObserved,
    BillingClient.Preview preview,
    String previewObserved,
    List<BillingClient.Invoice> invoices,
    String invoicesObserved,
    List<PriceRow> prices,
    String pricesObserved) {

  /** Most versions of the price book on the page. */
  private static final int PRICES = 20;

  static BillingPage of(
      Told<BillingClient.Account> account,
      Told<BillingClient.Preview> preview,
      Told<Page<BillingClient.Invoice>> invoices,
      Told<Page<BillingClient.Price>> prices) {
    return new BillingPage(
        account.value(),
        account.observed(),
        preview.value(),
        preview.observed(),
        invoices.get().map(Page::items).orElse(null),
        invoices.observed(),
        prices
            .get()
            .map(page -> page.items().stream().limit(PRICES).map(PriceRow::of).toList())
            .orElse(null),
        prices.observed());
  }
}
