package dev.nofate.cli.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.billing.Target;
import dev.nofate.cli.demo.Patience;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a draft decide what was decided, and shows where it decides otherwise. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = BacktestCommand.NOT_TO_THE_END,
    description = {
      "Shows what a draft of a ruleset would have decided otherwise.",
      "The draft decides the tenant's own evaluations again, those that versions of the ruleset decided. Nothing is "
          + "written, recorded or billed. Evaluations whose content was erased are counted, not decided."
    },
    footer = {
      "",
      "Exit codes: 0 all would be decided the same, 1 some would not, 2 the draft or the command line was not accepted, "
          + "3 not examined to the end."
    })
public final class BacktestCommand implements Callable<Integer> {

  static final int NOT_TO_THE_END = 3;
  private static final int OK = 200;
  private static final int SERVER_FAILS = 500;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration BACK = Duration.ofDays(30);

  @Mixin private Target target;

  @Parameters(index = "0", paramLabel = "RULESET", description = "Name of the ruleset.")
  private String ruleset;

  @Parameters(index = "1", paramLabel = "FILE", description = "The draft, a ruleset document.")
  private Path file;

  @Option(
      names = "--from",
      paramLabel = "<time>",
      description = "Received at or after this time, RFC 3339. Default: 30 days before --to.")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "<time>",
      description = "Received before this time, RFC 3339. Default: now.")
  private Instant to;

  @Option(
      names = "--patience",
      defaultValue = "PT2M",
      paramLabel = "<ISO-8601>",
      description =
          "How long to go on asking while the service is busy or away, 429 or 503. Default: ${DEFAULT-VALUE}.")
  private Duration patience;

  @Option(
      names = "--json",
      description = "Print JSON Lines: the differences as the service states them, then the sums.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final Totals totals = new Totals();

  @Override
  public Integer call() {
    if (!Files.isReadable(file)) {
      throw new ParameterException(spec.commandLine(), "cannot read " + file);
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      return examine(out);
    } finally {
      out.flush();
    }
  }

  private int examine(PrintWriter out) {
    Instant end = to == null ? Instant.now() : to;
    String path =
        "/v1/rulesets/%s/backtest?from=%s&to=%s"
            .formatted(encoded(ruleset), from == null ? end.minus(BACK) : from, end);
    ApiClient client = target.tenant();
    String after = null;
    do {
      Request request = new Request(out);
      ApiClient.Answer answer =
          asked(client, after == null ? path : path + "&after=" + encoded(after), request);
      if (answer.status() != OK) {
        spec.commandLine()
            .getErr()
            .printf("nofate: answered %d: %s%n", answer.status(), answer.text());
        return answer.isForNow() || answer.status() >= SERVER_FAILS
            ? NOT_TO_THE_END
            : CommandLine.ExitCode.USAGE;
      }
      after = request.end();
    } while (after != null);
    if (json) {
      out.println(totals.json());
    } else {
      totals.print(out);
    }
    return totals.anyDiffers() ? 1 : 0;
  }

  /** One part, asked for again while the service says that it is busy. */
  private ApiClient.Answer asked(ApiClient client, String path, Request request) {
    Instant deadline = Instant.now().plus(patience);
    while (true) {
      ApiClient.Answer answer = client.postLines(path, file, request::take);
      Duration pause = answer.retryAfter().orElse(PAUSE);
      if (!answer.isForNow() || Instant.now().plus(pause).isAfter(deadline)) {
        return answer;
      }
      Patience.pause(pause, "the service to be free");
    }
  }

  /** One request's lines. */
  private final class Request {

    private final PrintWriter out;
    private JsonNode sums;

    Request(PrintWriter out) {
      this.out = out;
    }

    void take(String text) {
      JsonNode line = parse(text);
      if (line.path("kind").asText().equals("sums")) {
        sums = line;
      } else if (json) {
        out.println(text);
      } else {
        out.printf(
            "%s  %s  %s -> %s%n",
            line.path("evaluation_id").asText(),
            line.path("received_at").asText(),
            decided(line.path("recorded")),
            decided(line.path("draft")));
      }
    }

    /** Where another request goes on; null when all is examined. */
    String end() {
      if (sums == null) {
        throw new CommandFailure("the answer ended without sums");
      }
      totals.add(sums);
      if (sums.path("complete").asBoolean()) {
        return null;
      }
      if (!sums.path("next").isTextual()) {
        throw new CommandFailure("the answer is not complete and does not say where it goes on");
      }
      return sums.get("next").textValue();
    }
  }

  private static String decided(JsonNode decision) {
    String code = decision.at("/reason/code").asText("");
    return decision.path("state").asText() + (code.isEmpty() ? "" : " " + code);
  }

  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new CommandFailure("a line of the answer is not JSON", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
