package dev.nofate.cli.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.cli.Json;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether the money adds up, and what waits for a person. */
@Command(
    name = "billing",
    mixinStandardHelpOptions = true,
    description = "Shows whether a period adds up, and what waits for a person.",
    subcommands = {BillingCommand.Reconcile.class, BillingCommand.Waiting.class})
public final class BillingCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Compares a tenant's period, figure by figure. */
  @Command(
      name = "reconcile",
      mixinStandardHelpOptions = true,
      exitCodeOnExecutionException = Target.NOT_ANSWERED,
      description = "Compares a tenant's answers, chain, ledger, reports and invoices.",
      footer = {
        "",
        "nofate verify --ledger adds the bill again from an exported chain, asking nobody.",
        "Exit code 1 when a figure differs, 3 when nothing was answered; what was not observed yet is no difference."
      })
  static final class Reconcile implements Callable<Integer> {

    @Mixin private Target target;

    @Option(
        names = "--period",
        paramLabel = "<YYYY-MM[-DDTHH]>",
        description = "A month or an hour in UTC. Default: this month.")
    private String period;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      String asked =
          period == null ? LocalDate.now(ZoneOffset.UTC).toString().substring(0, 7) : period;
      JsonNode told =
          target
              .tenant()
              .get("/v1/billing/reconciliation?period=" + asked)
              .expect(200, "GET /v1/billing/reconciliation");
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.pretty(told));
      } else {
        out.printf(
            "%s: %d entries, %d compared with the chain, %d reported%n",
            told.path("period").asText(),
            told.path("entries").asLong(),
            told.path("entries_counted").asLong(),
            told.path("entries_reported").asLong());
        told.path("checks")
            .forEach(
                check ->
                    out.printf(
                        "  %-18s %-13s %s%n",
                        check.path("name").asText(),
                        check.path("verdict").asText(),
                        check.path("observed").asText()));
        out.printf(
            "%s; carried forward: %d nano-dollars%n",
            told.path("verdict").asText(), told.path("carried_out_nanousd").asLong());
      }
      out.flush();
      return told.path("verdict").asText().equals("DIFFERENT") ? 1 : 0;
    }
  }

  /** Shows what nobody but a person can settle. */
  @Command(
      name = "waiting",
      mixinStandardHelpOptions = true,
      exitCodeOnExecutionException = Target.NOT_ANSWERED,
      description = "Shows held reports, faults of Stripe's meter and parked webhook events.",
      footer = {
        "",
        "Exit code 1 when there are any, 3 when nothing was answered. deploy/runbooks/billing.md says what follows."
      })
  static final class Waiting implements Callable<Integer> {

    @Mixin private Target target;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      int waiting = 0;
      for (String list : new String[] {"held-reports", "meter-faults", "webhooks"}) {
        JsonNode items =
            target
                .operator()
                .get("/v1/billing/" + list)
                .expect(200, "GET /v1/billing/" + list)
                .path("items");
        out.printf("%-13s %d%n", list, items.size());
        items.forEach(item -> out.println("  " + item));
        waiting += items.size();
      }
      out.flush();
      return waiting == 0 ? 0 : 1;
    }
  }
}
