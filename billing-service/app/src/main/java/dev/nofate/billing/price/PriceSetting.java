package dev.nofate.billing.price;

import dev.nofate.billing.start.Setting;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The first prices. */
@ApplicationScoped
public class PriceSetting implements Setting {

  private final PriceConfig config;

  public PriceSetting(PriceConfig config) {
    this.config = config;
  }

  @Override
  public List<String> faults() {
    Map<String, String> prices = new TreeMap<>();
    prices.put("PRICE_PER_MB_IN", config.perMibIn());
    prices.put("PRICE_PER_MB_OUT", config.perMibOut());
    prices.put("PRICE_PER_GATE", config.perGate());
    prices.put("PRICE_PER_AUDIT_EVENT", config.perAuditEvent());
    return faults(prices);
  }

  /** What is wrong with prices by the names of their variables. */
  public static List<String> faults(Map<String, String> prices) {
    return prices.entrySet().stream()
        .filter(price -> isFaulty(price.getValue()))
        .map(price -> price.getKey() + ": not US cents with at most 7 decimals")
        .toList();
  }

  /** Version 1 as configured: it prices everything until a second version says otherwise. */
  Prices first() {
    return new Prices(
        1,
        null,
        Instant.EPOCH,
        Tariff.flat(Cents.toNanousd(config.perMibIn())),
        Tariff.flat(Cents.toNanousd(config.perMibOut())),
        Tariff.flat(Cents.toNanousd(config.perGate())),
        Tariff.flat(Cents.toNanousd(config.perAuditEvent())));
  }

  private static boolean isFaulty(String cents) {
    try {
      Cents.toNanousd(cents);
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
