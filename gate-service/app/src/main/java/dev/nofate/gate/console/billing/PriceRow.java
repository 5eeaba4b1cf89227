package dev.nofate.gate.console.billing;

import dev.nofate.gate.console.page.Show;
import dev.nofate.gate.console.remote.BillingClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A version of the price book with its tiers in words. */
public record PriceRow(BillingClient.Price price, List<String> tiers) {

  public static PriceRow of(BillingClient.Price price) {
    Map<String, List<BillingClient.Tier>> tiers =
        price.tiers() == null ? Map.of() : new TreeMap<>(price.tiers());
    return new PriceRow(
        price,
        tiers.entrySet().stream()
            .flatMap(unit -> unit.getValue().stream().map(tier -> text(unit.getKey(), tier)))
            .toList());
  }

  private static String text(String unit, BillingClient.Tier tier) {
    return "%s up to %s a month: %s"
        .formatted(unit, Show.count(tier.upTo()), Show.nanousd(tier.nanousd()));
  }
}
