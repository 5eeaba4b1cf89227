package dev.nofate.cli.load;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.ServiceToken;
import dev.nofate.cli.stack.StackFile;
import dev.nofate.embedded.DatabaseUrl;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the running stack. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the running stack.",
      "Prints throughput and latency of evaluations, beside durable single-row inserts made on the same Postgres at the "
          + "same concurrency in the same run, and the ratio of both."
    },
    footer = {"", "Exit code 1 when anything but the expected answer came back."})
public final class LoadCommand implements Callable<Integer> {

  private static final List<Integer> PUBLISHED = List.of(200, 201);
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

  /** 100 million: about 50 GiB with their indexes. */
  private static final long MOST_EXISTING = 100_000_000;

  @Option(
      names = "--concurrency",
      defaultValue = "32",
      description = "Requests under way at any time. Default: ${DEFAULT-VALUE}.")
  private int concurrency;

  @Option(
      names = "--duration",
      defaultValue = "PT30S",
      paramLabel = "<ISO-8601>",
      description = "Measured time. Default: ${DEFAULT-VALUE}.")
  private Duration duration;

  @Option(
      names = "--warmup",
      defaultValue = "PT30S",
      paramLabel = "<ISO-8601>",
      description = "Time in front that is not measured. Default: ${DEFAULT-VALUE}.")
  private Duration warmUp;

  @Option(
      names = "--audit",
      description =
          "Measure the audit log alone: appends to one chain, each with the events of an evaluation, beside the "
              + "inserts, at each number of --callers.")
  private boolean audit;

  @Option(
      names = "--callers",
      defaultValue = "1,8,32",
      split = ",",
      description =
          "With --audit: how many callers, one after the other. Default: ${DEFAULT-VALUE}.")
  private List<Integer> callers;

  @Option(
      names = "--existing",
      defaultValue = "0",
      paramLabel = "<events>",
      description =
          "With --audit: fill a second chain with that many events first, and measure it as well. They stay in this "
              + "stack's database for good.")
  private long existing;

  @Option(
      names = "--direct",
      description = "Send to gate-service or billing-service, not through the gateway.")
  private boolean direct;

  @Option(
      names = "--refused",
      description =
          "Measure what refusing costs: requests with unknown keys, alone and beside evaluations.")
  private boolean refused;

  @Option(
      names = "--webhooks",
      description =
          "Measure how Stripe's webhooks are answered: signed events about made-up customers, every tenth sent before. "
              + "They stay in this stack's database for good; invoice-worker completes them within minutes, without a "
              + "change to any account, and real events wait behind them.")
  private boolean webhooks;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StackFile stack =
        StackFile.read(Home.fromEnvironment())
            .orElseThrow(() -> new CommandFailure("no stack runs here: nofate up starts one"));
    if (audit) {
      return tell(audit(stack));
    }
    LoadPlan plan = new LoadPlan(concurrency, warmUp, duration);
    if (webhooks) {
      return tell(webhooks(stack, plan));
    }
    String target = target(stack, "gate-service");
    publish(target, stack.apiKey());
    return tell(
        refused ? refusals(target, stack.apiKey(), plan) : evaluations(target, stack, plan));
  }

  private int tell(Report report) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(report));
    } else {
      report.print(out);
    }
    out.flush();
    return report.holds() ? 0 : 1;
  }

  private String target(StackFile stack, String service) {
    return direct ? stack.services().get(service).url() : stack.gatewayUrl();
  }

  private static Report evaluations(String target, StackFile stack, LoadPlan plan) {
    Measurement evaluations = evaluate(target, plan, Keys.good(stack.apiKey())).get(0);
    Measurement inserts = new InsertLoad(superuser(stack), inserting(plan)).run();
    return LoadReport.of(target, plan, evaluations, inserts);
  }

  private Report webhooks(StackFile stack, LoadPlan plan) {
    String target = target(stack, "billing-service");
    WebhookLoad load = new WebhookLoad(target, stack.stripeWebhookSecret(), Clock.systemUTC());
    return WebhookReport.of(target, plan, ClosedLoop.run(plan, load).get(0));
  }

  private Report audit(StackFile stack) {
    if (existing < 0 || existing > MOST_EXISTING) {
      throw new ParameterException(spec.commandLine(), "--existing is from 0 to " + MOST_EXISTING);
    }
    List<LoadPlan> plans =
        callers.stream().map(each -> new LoadPlan(each, warmUp, duration)).toList();
    Home home = Home.fromEnvironment();
    return new AuditLoad(
            stack.services().get("audit-service").url(),
            () -> ServiceToken.mint(home, "gate-service", TOKEN_LIFETIME),
            superuser(stack),
            new ProcessorTime(
                List.of(
                    stack.services().get("audit-service").pid(),
                    stack.postgres().pid(),
                    ProcessHandle.current().pid())))
        .run(plans, existing);
  }

  /** Inserts need no warm-up of a JVM; a tenth fills the caches. */
  private static LoadPlan inserting(LoadPlan plan) {
    return new LoadPlan(plan.concurrency(), plan.warmUp().dividedBy(10), plan.duration());
  }

  private static void publish(String target, String apiKey) {
    ApiClient.Answer answer =
        new ApiClient(target, apiKey).post("/v1/rulesets", LoadRequest.ruleset(), Map.of());
    if (!PUBLISHED.contains(answer.status())) {
      throw new CommandFailure(
          "the load's ruleset was not published: %d %s".formatted(answer.status(), answer.text()));
    }
  }

  private static Report refusals(String target, String apiKey, LoadPlan plan) {
    Keys good = Keys.good(apiKey);
    Measurement accepted = evaluate(target, plan, good).get(0);
    Measurement alone = evaluate(target, plan, Keys.unknown()).get(0);
    List<Measurement> both = evaluate(target, plan, good, Keys.unknown());
    return new RefusalReport(
        target,
        plan.concurrency(),
        plan.duration().toSeconds(),
        accepted,
        alone,
        both.get(0),
        both.get(1));
  }

  /** A load for each kind of keys, all at the same time. */
  private static List<Measurement> evaluate(String target, LoadPlan plan, Keys... kinds) {
    return ClosedLoop.measure(
        plan,
        Arrays.stream(kinds)
            .map(keys -> new EvaluationLoad(target, keys, new LoadRequest(Clock.systemUTC())))
            .toArray(ClosedLoop.Load[]::new));
  }

  private static DatabaseUrl superuser(StackFile stack) {
    URI url = URI.create(stack.postgres().url());
    String[] login = url.getRawUserInfo().split(":", 2);
    return new DatabaseUrl(
        decode(login[0]),
        decode(login[1]),
        url.getHost(),
        url.getPort(),
        url.getPath().substring(1));
  }

  private static String decode(String part) {
    return URLDecoder.decode(part, StandardCharsets.UTF_8);
  }
}
