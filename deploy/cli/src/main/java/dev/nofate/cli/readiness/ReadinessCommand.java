package dev.nofate.cli.readiness;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.stack.Home;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Walks the production checklist. */
@Command(
    name = "readiness",
    mixinStandardHelpOptions = true,
    description = {
      "Walks the production checklist against a deployment, line by line.",
      "Each line is verified (and how), failed (and what was seen), in need of a person (and which runbook), or not "
          + "observable from here. Decisions, standing and limits are seen at work on canary tenants of the command's own.",
      "Statements that are attempted in a database are rolled back; nothing is written at Stripe."
    },
    footer = {
      "",
      "The digest of the result goes into the audit log of the operator's tenant unless --no-record is given.",
      "Exit codes: 0 no line failed, 1 one did (or the command could not do its work)."
    })
public final class ReadinessCommand implements Callable<Integer> {

  private static final String STACK = "stack";

  @Option(
      names = "--target",
      defaultValue = STACK,
      paramLabel = "<url>|stack",
      description = "Where clients go, or the stack of this machine. Default: ${DEFAULT-VALUE}.")
  private String target;

  @Option(
      names = "--env",
      paramLabel = "<file>",
      description = {
        "The deployment's variables, NAME=value lines as in deploy/.env.example. What differs from service to",
        "service carries its first word in front: GATE_DATABASE_URL, AUDIT_DATABASE_URL, BILLING_DATABASE_URL.",
        "Also read: ADMIN_API_KEY (else from the environment), METER_URL, INVOICE_URL, PROMETHEUS_URL,",
        "GRAFANA_URL, GRAFANA_TOKEN, BACKUP_FOLDER."
      })
  private Path env;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "<file>",
      description = "Write one self-contained page with a sign-off block.")
  private Path html;

  @Option(
      names = "--line",
      paramLabel = "<id>",
      description =
          "Look at this line only (repeatable; ids stand in the JSON). Never recorded: it is not the whole list.")
  private List<String> only = List.of();

  @Option(names = "--no-record", description = "Leave the audit log alone.")
  private boolean unrecorded;

  @Option(
      names = "--line-timeout",
      defaultValue = "PT3M",
      paramLabel = "<ISO-8601>",
      description = "How long a single line may take. Default: ${DEFAULT-VALUE}.")
  private Duration lineTimeout;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Home home = Home.fromEnvironment();
    Deployment deployment =
        STACK.equals(target) ? Targets.stack(home, env) : Targets.remote(target, env, home);
    Checklist checklist = Checklist.shipped();
    Checklist wanted = only.isEmpty() ? checklist : checklist.only(only);
    Set<String> secrets = new TreeSet<>(deployment.settings().secrets());
    TextReport text = new TextReport(out, secrets);
    if (!json) {
      out.printf("Readiness of %s%n", deployment.name());
    }
    List<Finding> findings =
        new Walk(Register.of(checklist, Families.of(deployment)), lineTimeout)
            .over(wanted, finding -> report(text, finding));
    Report report = Report.of(deployment.name(), findings, secrets);
    boolean silent = unrecorded || !only.isEmpty();
    String recorded = silent ? "Not recorded." : record(deployment, report);
    if (html != null) {
      HtmlReport.write(report, recorded, html);
    }
    conclude(out, report, recorded);
    return report.holds() ? 0 : 1;
  }

  private void report(TextReport text, Finding finding) {
    if (!json) {
      text.tell(finding);
    }
  }

  /** That the log took it is part of the answer; that it did not is told and changes no line. */
  private static String record(Deployment deployment, Report report) {
    try {
      return Attestation.record(deployment, report);
    } catch (CommandFailure | OutOfReach e) {
      return "Not recorded: " + e.getMessage();
    }
  }

  private void conclude(PrintWriter out, Report report, String recorded) {
    if (json) {
      out.println(
          Json.pretty(Map.of("report", report, "digest", report.digest(), "recorded", recorded)));
    } else {
      out.printf("%n%s%n", report.summary());
      out.printf("Digest %s%n%s%n", report.digest(), recorded);
      if (html != null) {
        out.printf("Page   %s%n", html);
      }
    }
    out.flush();
  }
}
