package dev.nofate.billing.provider;

import com.stripe.net.ApiResource.RequestMethod;
import dev.nofate.billing.provider.PaymentProvider.Uncounted;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Thin events: what arrives names the event, and what happened is asked for ("Event destinations",
 * /v2/core/events). Read as a tree, so that no model of the library has to know the type.
 */
final class StripeThinEvents {

  private StripeThinEvents() {}

  static Uni<Uncounted> uncounted(StripeCalls calls, String eventId) {
    return calls
        .make(client -> client.rawRequest(RequestMethod.GET, "/v2/core/events/" + eventId, null))
        .map(response -> read(response.body()));
  }

  /** {@code data.reason.error_types[].sample_errors[].request.identifier} and their codes. */
  static Uncounted read(String body) {
    try {
      JsonObject reason = object(object(new JsonObject(body), "data"), "reason");
      List<String> codes = new ArrayList<>();
      List<String> identifiers = new ArrayList<>();
      for (JsonObject kind : objects(reason, "error_types")) {
        codes.add(String.valueOf(kind.getValue("code")));
        for (JsonObject sample : objects(kind, "sample_errors")) {
          if (object(sample, "request").getValue("identifier") instanceof String identifier) {
            identifiers.add(identifier);
          }
        }
      }
      long errors = reason.getValue("error_count") instanceof Number count ? count.longValue() : 0;
      return new Uncounted(Math.max(0, errors), codes, identifiers);
    } catch (DecodeException e) {
      throw new OutcomeUnknownException("an event that is not JSON");
    }
  }

  private static JsonObject object(JsonObject in, String member) {
    return in.getValue(member) instanceof JsonObject object ? object : new JsonObject();
  }

  private static List<JsonObject> objects(JsonObject in, String member) {
    return in.getValue(member) instanceof JsonArray array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }
}
