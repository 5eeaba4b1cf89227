package dev.nofate.cli.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.api.ApiClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stored webhook events that were given up on. */
@Command(
    name = "webhooks",
    mixinStandardHelpOptions = true,
    description = "Lists stored webhook events that were parked, and has them worked off again.",
    subcommands = {WebhooksCommand.ListParked.class, WebhooksCommand.Replay.class})
public final class WebhooksCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Shows the parked ones. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      exitCodeOnExecutionException = Target.NOT_ANSWERED,
      description = "Shows parked webhook events, oldest first, with the reason of each.",
      footer = {"", "Exit code 1 when there are any, 3 when nothing was answered."})
  static final class ListParked implements Callable<Integer> {

    @Mixin private Target target;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      JsonNode page =
          target
              .operator()
              .get("/v1/billing/webhooks?limit=200")
              .expect(200, "GET /v1/billing/webhooks");
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.pretty(page));
      } else if (page.path("items").isEmpty()) {
        out.println("No webhook event is parked.");
      } else {
        page.path("items").forEach(event -> out.println(line(event)));
      }
      out.flush();
      return page.path("items").isEmpty() ? 0 : 1;
    }

    private static String line(JsonNode event) {
      return "%s  %-32s  %s  %d attempts  %s"
          .formatted(
              event.path("event_id").asText(),
              event.path("type").asText(),
              event.path("received_at").asText(),
              event.path("attempts").asInt(),
              event.path("parked_reason").asText());
    }
  }

  /** Has events worked off again. */
  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      exitCodeOnExecutionException = Target.NOT_ANSWERED,
      description = {
        "Has parked or finished webhook events worked off again.",
        "An event's work has no second effect, so a replay too many changes nothing."
      },
      footer = {"", "Exit code 1 when an event is not known, 3 when nothing was answered."})
  static final class Replay implements Callable<Integer> {

    private static final Pattern ID = Pattern.compile("evt_[A-Za-z0-9_]{1,200}");

    @Mixin private Target target;

    @Option(names = "--all", description = "Every event that is parked, 200 at most.")
    private boolean all;

    @Parameters(arity = "0..*", paramLabel = "<event>", description = "Ids, evt_…")
    private List<String> events = List.of();

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      if (all == !events.isEmpty()) {
        throw new CommandFailure("either ids of events or --all, and not both");
      }
      ApiClient client = target.operator();
      PrintWriter out = spec.commandLine().getOut();
      int unknown = 0;
      for (String event : all ? parked(client) : events) {
        if (!ID.matcher(event).matches()) {
          throw new CommandFailure("not the id of an event: " + event);
        }
        int status =
            client.post("/v1/billing/webhooks/" + event + "/replay", "", Map.of()).status();
        unknown += status == 204 ? 0 : 1;
        out.printf("%s  %s%n", event, status == 204 ? "waits" : "answered " + status);
      }
      out.flush();
      return unknown == 0 ? 0 : 1;
    }

    private static List<String> parked(ApiClient client) {
      return client
          .get("/v1/billing/webhooks?limit=200")
          .expect(200, "GET /v1/billing/webhooks")
          .path("items")
          .findValuesAsText("event_id");
    }
  }
}
