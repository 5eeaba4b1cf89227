package dev.nofate.stripe;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** The objects of a Stripe account, and the rules by which requests make them. */
public final class StripeAccount {

  public static final String PRICE = "price_metered";
  public static final String METER = "mtr_usage";
  private static final Duration OLDEST = Duration.ofDays(35);
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final Map<String, JsonObject> objects = new TreeMap<>();
  private final List<JsonObject> meterEvents = new CopyOnWriteArrayList<>();
  private final Map<String, Instant> identifiers = new TreeMap<>();
  private final Map<String, List<JsonObject>> lines = new TreeMap<>();
  private final Map<String, Long> periodStarts = new TreeMap<>();
  private long periodStart;
  private String meterOfPrice = METER;
  private Duration summaryLag = Duration.ZERO;
  private Duration searchLag = Duration.ZERO;
  private Duration ahead = Duration.ZERO;

  StripeAccount() {
    reset();
  }

  synchronized void reset() {
    objects.clear();
    meterEvents.clear();
    identifiers.clear();
    lines.clear();
    periodStarts.clear();
    periodStart = 0;
    meterOfPrice = METER;
    summaryLag = Duration.ZERO;
    searchLag = Duration.ZERO;
    ahead = Duration.ZERO;
  }

  /** What time it is at Stripe. */
  synchronized Instant now() {
    return Instant.now().plus(ahead);
  }

  /** Lets time pass at Stripe. */
  public synchronized void advance(Duration time) {
    ahead = ahead.plus(time);
  }

  /** How long the meter's sums stay behind what the meter accepted. */
  public synchronized void delaySummaries(Duration lag) {
    summaryLag = lag;
  }

  /** How long a search does not show what was made. */
  public synchronized void delaySearch(Duration lag) {
    searchLag = lag;
  }

  /** Subscriptions bill what another meter counts. */
  public synchronized void billAnotherMeter() {
    meterOfPrice = "mtr_other";
  }

  synchronized void forgetIdentifiers() {
    identifiers.clear();
  }

  /** Starts a new billing period of every subscription. */
  public synchronized void startPeriod(Instant start) {
    periodStart = start.getEpochSecond();
  }

  synchronized void startPeriod(String customer, Instant start) {
    periodStarts.put(customer, start.getEpochSecond());
  }

  /** What Stripe does by itself. */
  public StripeBilling billing() {
    return new StripeBilling(this);
  }

  /** A copy of an object. */
  public synchronized JsonObject object(String id) {
    return objects.get(id).copy();
  }

  /** What an invoice bills. */
  public synchronized List<JsonObject> lines(String invoice) {
    return lines.getOrDefault(invoice, List.of());
  }

  synchronized void lines(String invoice, List<JsonObject> of) {
    lines.put(invoice, List.copyOf(of));
  }

  synchronized List<JsonObject> pendingItems(String customer) {
    return of(objects("ii_"), customer).stream()
        .filter(item -> !item.containsKey("invoice"))
        .map(JsonObject::copy)
        .toList();
  }

  synchronized long meteredBetween(String customer, Instant from, Instant to) {
    return meterEvents.stream()
        .filter(event -> event.getString("customer").equals(customer))
        .filter(
            event ->
                event.getLong("timestamp") >= from.getEpochSecond()
                    && event.getLong("timestamp") < to.getEpochSecond())
        .mapToLong(event -> event.getLong("value"))
        .sum();
  }

  /** What the meter was told of a customer, in order. */
  public synchronized List<Long> metered(String customer) {
    return meterEvents.stream()
        .filter(event -> event.getString("customer").equals(customer))
        .map(event -> event.getLong("value"))
        .toList();
  }

  /** The meter's events. */
  public List<JsonObject> meterEvents() {
    return List.copyOf(meterEvents);
  }

  /** Objects whose id starts so. */
  public synchronized List<JsonObject> objects(String prefix) {
    return objects.values().stream()
        .filter(object -> object.getString("id").startsWith(prefix))
        .toList();
  }

  /** Puts an object that Stripe or the customer made. */
  public synchronized void put(JsonObject object) {
    objects.put(object.getString("id"), object);
  }

  /** An event that came some other way than through the service. */
  public synchronized void meterElsewhere(String customer, long value, Instant at) {
    meterEvents.add(
        new JsonObject()
            .put("customer", customer)
            .put("value", value)
            .put("created", at.getEpochSecond())
            .put("timestamp", at.getEpochSecond()));
  }

  synchronized StripeAnswer answer(String method, String path, Map<String, String> given) {
    return switch (method + " " + path) {
      case "POST /v1/billing/meter_events" -> meterEvent(given);
      case "GET /v1/customers/search" ->
          StripeAnswer.list(having(searchable(objects("cus_")), given.get("query")));
      case "GET /v1/customers" -> StripeAnswer.list(newestFirst(objects("cus_")));
      case "POST /v1/customers" -> made("cus_", "customer", given);
      case "GET /v1/subscriptions" ->
          StripeAnswer.list(
              of(objects("sub_"), given.get("customer")).stream()
                  .filter(one -> !"canceled".equals(one.getString("status")))
                  .map(this::withPeriod)
                  .toList());
      case "POST /v1/subscriptions" -> subscription(given);
      case "GET /v1/invoices" -> StripeAnswer.list(invoices(given));
      case "POST /v1/invoiceitems" -> made("ii_", "invoiceitem", given);
      case "GET /v1/invoiceitems" -> StripeAnswer.list(of(objects("ii_"), given.get("customer")));
      case "POST /v1/checkout/sessions" -> page("cs_", "checkout.session", given);
      case "POST /v1/billing_portal/sessions" -> page("bps_", "billing_portal.session", given);
      default -> addressed(method, path, given);
    };
  }

  private StripeAnswer addressed(String method, String path, Map<String, String> given) {
    if (path.equals("/v1/prices/" + PRICE)) {
      return StripeAnswer.ok(price());
    }
    if (path.equals("/v1/billing/meters/" + METER)) {
      return StripeAnswer.ok(
          new JsonObject()
              .put("id", METER)
              .put("object", "billing.meter")
              .put("status", "active")
              .put("event_name", "no_fate_cents")
              .put("default_aggregation", new JsonObject().put("formula", "sum"))
              .put("customer_mapping", new JsonObject().put("event_payload_key", "cust"))
              .put("value_settings", new JsonObject().put("event_payload_key", "cents")));
    }
    if (path.equals("/v1/billing/meters/" + METER + "/event_summaries")) {
      return summaries(given);
    }
    if (path.startsWith("/v1/invoices/") && path.endsWith("/lines")) {
      return StripeAnswer.list(lines.getOrDefault(path.split("/")[3], List.of()));
    }
    JsonObject object = objects.get(path.substring(path.lastIndexOf('/') + 1));
    if (object == null) {
      return StripeAnswer.missing();
    }
    if (method.equals("POST") && path.startsWith("/v1/subscriptions/")) {
      return StripeTaxes.isRefused(given, objects.get(object.getString("customer")))
          ? StripeTaxes.refusal()
          : StripeAnswer.ok(withPeriod(StripeTaxes.set(object, given)));
    }
    if (method.equals("GET") && path.startsWith("/v1/customers/")) {
      return StripeAnswer.ok(StripeTaxes.shown(object, given));
    }
    if (method.equals("POST")) {
      given.forEach((name, value) -> object.put(name, value));
    }
    return StripeAnswer.ok(withPeriod(object));
  }

  private static JsonObject price() {
    return new JsonObject()
        .put("id", PRICE)
        .put("object", "price")
        .put("active", true)
        .put("billing_scheme", "per_unit")
        .put("unit_amount", 1)
        .put("currency", "usd")
        .put(
            "recurring",
            new JsonObject()
                .put("meter", METER)
                .put("usage_type", "metered")
                .put("interval", "month")
                .put("interval_count", 1));
  }

  private StripeAnswer meterEvent(Map<String, String> given) {
    Instant at = Instant.ofEpochSecond(Long.parseLong(given.get("timestamp")));
    Instant now = now();
    if (at.isBefore(now.minus(OLDEST)) || at.isAfter(now.plus(AHEAD))) {
      return StripeAnswer.refused("timestamp_too_far_in_past", "The timestamp is out of range");
    }
    String identifier = given.get("identifier");
    if (identifier.length() > 100) {
      return StripeAnswer.refused("string_too_long", "The identifier is too long");
    }
    Instant known = identifiers.get(identifier);
    if (known != null && now.isBefore(known.plus(StripeStandIn.A_DAY))) {
      return StripeAnswer.refused(
          null, "An event already exists with identifier " + identifier + ".");
    }
    String customer = given.get("payload[cust]");
    if (!objects.containsKey(customer)) {
      return StripeAnswer.refused("resource_missing", "No such customer");
    }
    JsonObject event =
        new JsonObject()
            .put("object", "billing.meter_event")
            .put("event_name", given.get("event_name"))
            .put("identifier", identifier)
            .put("timestamp", at.getEpochSecond())
            .put("created", now.getEpochSecond())
            .put("customer", customer)
            .put("value", Long.parseLong(given.get("payload[cents]")));
    identifiers.put(identifier, now);
    meterEvents.add(event);
    return StripeAnswer.ok(event);
  }

  private StripeAnswer summaries(Map<String, String> given) {
    long from = Long.parseLong(given.get("start_time"));
    long to = Long.parseLong(given.get("end_time"));
    if (from % 60 != 0 || to % 60 != 0) {
      return StripeAnswer.refused(null, "Times are to be aligned with minutes");
    }
    long counted = now().minus(summaryLag).getEpochSecond();
    long sum =
        meterEvents.stream()
            .filter(event -> event.getString("customer").equals(given.get("customer")))
            .filter(event -> event.getLong("timestamp") >= from && event.getLong("timestamp") < to)
            .filter(event -> event.getLong("created") <= counted)
            .mapToLong(event -> event.getLong("value"))
            .sum();
    return StripeAnswer.list(
        sum == 0
            ? List.of()
            : List.of(
                new JsonObject()
                    .put("id", "mtrusg_1")
                    .put("object", "billing.meter_event_summary")
                    .put("aggregated_value", sum)
                    .put("start_time", from)
                    .put("end_time", to)));
  }

  private StripeAnswer subscription(Map<String, String> given) {
    if (!PRICE.equals(given.get("items[0][price]"))) {
      return StripeAnswer.refused("resource_missing", "No such price");
    }
    if (StripeTaxes.isRefused(given, objects.get(given.get("customer")))) {
      return StripeTaxes.refusal();
    }
    StripeAnswer made = made("sub_", "subscription", given);
    StripeTaxes.set(objects.get(made.body().getString("id")), given);
    JsonObject active = object(made.body().getString("id")).put("status", "active");
    put(active);
    return StripeAnswer.ok(withPeriod(active));
  }

  /** Newest first, as Stripe lists. */
  private List<JsonObject> invoices(Map<String, String> given) {
    String customer =
        given.containsKey("subscription")
            ? objects
                .getOrDefault(given.get("subscription"), new JsonObject())
                .getString("customer")
            : given.get("customer");
    return objects("in_").stream()
        .filter(one -> !one.containsKey("customer") || one.getString("customer").equals(customer))
        .filter(
            one ->
                !given.containsKey("status") || given.get("status").equals(one.getString("status")))
        .toList();
  }

  private StripeAnswer made(String prefix, String kind, Map<String, String> given) {
    JsonObject object =
        new JsonObject()
            .put("id", prefix + UUID.randomUUID().toString().replace("-", ""))
            .put("object", kind)
            .put("created", now().getEpochSecond());
    JsonObject metadata = new JsonObject();
    given.forEach(
        (name, value) -> {
          if (name.startsWith("metadata[")) {
            metadata.put(name.substring("metadata[".length(), name.length() - 1), value);
          } else if (name.equals("amount")) {
            object.put(name, Long.parseLong(value));
          } else if (!name.contains("[")) {
            object.put(name, value);
          }
        });
    put(object.put("metadata", metadata));
    return StripeAnswer.ok(withPeriod(object));
  }

  private StripeAnswer page(String prefix, String kind, Map<String, String> given) {
    JsonObject page = made(prefix, kind, given).body().put("created", now().getEpochSecond());
    if (given.containsKey("customer_update[address]")) {
      page.put("customer_update", given.get("customer_update[address]"));
    }
    return StripeAnswer.ok(page.put("url", "https://pages.invalid/" + page.getString("id")));
  }

  private JsonObject withPeriod(JsonObject object) {
    if (!object.getString("object").equals("subscription")) {
      return object;
    }
    JsonObject item =
        new JsonObject()
            .put("id", "si_1")
            .put("object", "subscription_item")
            .put("price", price().put("recurring", new JsonObject().put("meter", meterOfPrice)))
            .put(
                "current_period_start",
                periodStarts.getOrDefault(object.getString("customer"), periodStart));
    return object
        .copy()
        .put(
            "items", new JsonObject().put("object", "list").put("data", new JsonArray().add(item)));
  }

  private static List<JsonObject> of(Collection<JsonObject> all, String customer) {
    return all.stream().filter(one -> customer.equals(one.getString("customer"))).toList();
  }

  private static List<JsonObject> newestFirst(List<JsonObject> all) {
    return all.stream()
        .sorted(Comparator.comparing((JsonObject one) -> one.getLong("created", 0L)).reversed())
        .toList();
  }

  private List<JsonObject> searchable(List<JsonObject> all) {
    long shown = now().minus(searchLag).getEpochSecond();
    return all.stream().filter(one -> one.getLong("created", 0L) <= shown).toList();
  }

  private static List<JsonObject> having(Collection<JsonObject> all, String query) {
    return all.stream()
        .filter(
            one ->
                query.equals(
                    "metadata['tenant_id']:'"
                        + one.getJsonObject("metadata").getString("tenant_id")
                        + "'"))
        .toList();
  }
}
