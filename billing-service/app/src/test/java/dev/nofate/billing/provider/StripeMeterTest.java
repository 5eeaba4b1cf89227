package dev.nofate.billing.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.Price;
import com.stripe.net.ApiResource;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeMeterTest {

  @Test
  void aPriceOfOneCentAUnitAndMonthFits() {
    assertThat(StripeMeter.faults(price(good()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'active':false} | the price is not active",
        "{'currency':'eur'} | the price is not in US dollars",
        "{'unit_amount':2} | the price is not one cent a unit",
        "{'unit_amount':null} | the price is not one cent a unit",
        "{'billing_scheme':'tiered','tiers_mode':'graduated'} | the price is not one cent a unit",
        "{'transform_quantity':{'divide_by':100,'round':'up'}} | the price divides quantities before it bills them",
        "{'recurring':null} | the price has no billing meter",
        "{'recurring':{'meter':'mtr_1','usage_type':'licensed','interval':'month','interval_count':1}} | the price's usage is not metered",
        "{'recurring':{'meter':'mtr_1','usage_type':'metered','interval':'year','interval_count':1}} | the price does not recur every month",
        "{'recurring':{'meter':'mtr_1','usage_type':'metered','interval':'month','interval_count':3}} | the price does not recur every month"
      },
      quoteCharacter = '"')
  void namesWhatKeepsAPriceFromFitting(String change, String fault) {
    Price price = price(good().mergeIn(new JsonObject(change.replace('\'', '"'))));

    assertThat(StripeMeter.faults(price)).containsExactly("STRIPE_METERED_PRICE_ID: " + fault);
  }

  @Test
  void namesEverythingAtOnce() {
    JsonObject bad =
        good()
            .put("currency", "eur")
            .put(
                "recurring", new JsonObject().put("usage_type", "licensed").put("interval", "day"));

    assertThat(StripeMeter.faults(price(bad))).hasSize(4);
  }

  private static JsonObject good() {
    return new JsonObject()
        .put("id", "price_1")
        .put("active", true)
        .put("billing_scheme", "per_unit")
        .put("unit_amount", 1)
        .put("currency", "usd")
        .put(
            "recurring",
            new JsonObject()
                .put("meter", "mtr_1")
                .put("usage_type", "metered")
                .put("interval", "month")
                .put("interval_count", 1));
  }

  private static Price price(JsonObject json) {
    return ApiResource.GSON.fromJson(json.encode(), Price.class);
  }
}
