package dev.nofate.cli.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A tenant's events and ledger, page by page. */
final class ChainPages {

  private static final int OK = 200;
  private static final int MOST_PAGES = 200;

  private ChainPages() {}

  /**
   * Events of a kind, oldest first.
   *
   * @param type wire name of the type, and what else the filter takes
   */
  static List<JsonNode> events(Canary tenant, String type) {
    return all(tenant, "/v1/audit/events?limit=100&type=" + type);
  }

  /** Ledger entries, oldest first. */
  static List<JsonNode> ledger(Canary tenant) {
    return all(tenant, "/v1/billing/ledger?limit=100");
  }

  private static List<JsonNode> all(Canary tenant, String path) {
    List<JsonNode> items = new ArrayList<>();
    String next = "";
    for (int i = 0; i < MOST_PAGES && next != null; i++) {
      JsonNode page =
          tenant
              .get(next.isEmpty() ? path : path + "&after=" + next)
              .expect(OK, "GET " + path.replaceAll("\\?.*", ""))
              .json();
      page.path("items").forEach(items::add);
      JsonNode more = page.path("next");
      next = more.isTextual() || more.isNumber() ? more.asText() : null;
    }
    return items;
  }
}
