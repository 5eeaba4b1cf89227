package dev.nofate.cli.readiness;

import static dev.nofate.cli.readiness.Outcome.failed;
import static dev.nofate.cli.readiness.Outcome.verified;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables against the documented ones, and the history of the code against the secrets. */
record VariablesChecks(Deployment deployment) implements Register.Family {

  private static final Pattern DOCUMENTED =
      Pattern.compile("^#?\\s?([A-Z][A-Z0-9_]+)=", Pattern.MULTILINE);

  /** The form that only keys of a live account have. */
  private static final Pattern LIVE_KEY = Pattern.compile("(?:sk|rk)_live_[A-Za-z0-9]{24,}");

  private static final Set<String> PREFIXES =
      Set.of("GATE_", "AUDIT_", "BILLING_", "METER_", "INVOICE_");
  private static final Set<String> OF_THIS_COMMAND =
      Set.of("PROMETHEUS_URL", "GRAFANA_URL", "GRAFANA_TOKEN", "METER_URL", "INVOICE_URL");
  private static final int GIT_SECONDS = 5;

  @Override
  public void enter(Register register) {
    register.line("variables", this::variables).line("committed-secrets", this::history);
  }

  private Outcome variables() throws IOException {
    Set<String> names = deployment.settings().names();
    if (names.size() < 2) {
      throw new OutOfReach("No variables are given (--env).");
    }
    Path example = deployment.root().resolve("deploy/.env.example");
    if (!Files.isRegularFile(example)) {
      throw new OutOfReach("deploy/.env.example is not where the command runs.");
    }
    Set<String> documented = new TreeSet<>(OF_THIS_COMMAND);
    Matcher matcher = DOCUMENTED.matcher(Files.readString(example));
    while (matcher.find()) {
      documented.add(matcher.group(1));
    }
    List<String> unknown =
        names.stream().filter(name -> !documented.contains(unprefixed(name, documented))).toList();
    return unknown.isEmpty()
        ? verified(
            "Each of the %d variables that are set stands in deploy/.env.example, which names %d.",
            names.size(), documented.size() - OF_THIS_COMMAND.size())
        : failed("Set and not in deploy/.env.example: %s.", String.join(", ", unknown));
  }

  private static String unprefixed(String name, Set<String> documented) {
    if (documented.contains(name)) {
      return name;
    }
    return PREFIXES.stream()
        .filter(name::startsWith)
        .map(prefix -> name.substring(prefix.length()))
        .findFirst()
        .orElse(name);
  }

  /** Every line that was ever added, looked over for the deployment's own secrets. */
  private Outcome history() throws IOException, InterruptedException {
    if (!Files.exists(deployment.root().resolve(".git"))) {
      throw new OutOfReach("The project's history is not where the command runs.");
    }
    Set<String> secrets = deployment.settings().secrets();
    Process git =
        new ProcessBuilder(
                "git",
                "-C",
                deployment.root().toString(),
                "log",
                "--all",
                "-p",
                "--no-color",
                "--no-ext-diff",
                "--format=commit %h")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long lines = 0;
    String commit = "";
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(git.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("commit ")) {
          commit = line;
        } else if (line.startsWith("+")) {
          lines++;
          if (LIVE_KEY.matcher(line).find() || secrets.stream().anyMatch(line::contains)) {
            return failed("A secret was added in %s.", commit);
          }
        }
      }
    } finally {
      git.destroy();
    }
    return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0
        ? verified(
            "%d added lines of the whole history hold none of the deployment's %d secrets and no live key.",
            lines, secrets.size())
        : failed("The project's history is not readable.");
  }

  @Override
  public String toString() {
    return "VariablesChecks";
  }
}
