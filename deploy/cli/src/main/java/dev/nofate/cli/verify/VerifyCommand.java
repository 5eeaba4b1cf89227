package dev.nofate.cli.verify;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import dev.nofate.cli.verify.Finding.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verifies, offline, what the suite says about itself. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    exitCodeOnExecutionException = VerifyCommand.UNREADABLE,
    description = {
      "Verifies an audit chain, receipts, decisions and a bill offline, without a server and without a network.",
      "An export is recomputed from its content: every hash from the genesis hash on, seq without a hole, time that "
          + "never goes back, one tenant, the tree over all of it. What else is given is held against it."
    },
    footer = {
      "",
      "Exit codes: 0 everything that was asked for holds, 1 something differs, 2 something could not be checked."
    })
public final class VerifyCommand implements Callable<Integer> {

  static final int UNREADABLE = 2;

  @Parameters(
      arity = "0..1",
      paramLabel = "EXPORT",
      description = "JSON Lines, an event a line; - reads standard input.")
  private String file;

  @Option(
      names = "--head",
      paramLabel = "<hash>",
      description =
          "The hash that the last event has, known from elsewhere: shows an export that was cut short.")
  private String head;

  @Option(
      names = "--checkpoint",
      paramLabel = "<file>",
      description = "A signed checkpoint, of any age; may be repeated.")
  private List<Path> checkpoints = new ArrayList<>();

  @Option(
      names = "--receipt",
      paramLabel = "<file>",
      description = "A receipt of an evaluation; may be repeated.")
  private List<Path> receipts = new ArrayList<>();

  @Option(
      names = "--key",
      paramLabel = "<vkey|file>",
      description =
          "A key whose signatures count: a verifier key line, a file of them, or the published key document; may be "
              + "repeated.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--rulesets",
      paramLabel = "<path>",
      description =
          "A ruleset document or a folder of them: with --content, decisions are made again.")
  private Path rulesets;

  @Option(
      names = "--content",
      paramLabel = "<file>",
      description = "JSON Lines of evaluation_id, request and salt.")
  private Path content;

  @Option(
      names = "--ledger",
      paramLabel = "<file>",
      description = "A page of /v1/billing/proof, pages in order: the bill is added again.")
  private List<Path> ledger = new ArrayList<>();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** How many events the largest checkpoint of the export's log is over. */
  private long signed;

  @Override
  public Integer call() {
    Verification verification;
    try {
      verification = verify();
    } catch (IOException | CommandFailure e) {
      spec.commandLine()
          .getErr()
          .printf("nofate: cannot read what was given: %s%n", e.getMessage());
      return UNREADABLE;
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(verification));
    } else {
      show(out, verification);
    }
    out.flush();
    return verification.exitCode();
  }

  private Verification verify() throws IOException {
    if (file == null && receipts.isEmpty() && checkpoints.isEmpty()) {
      throw new CommandFailure("there is no export, no receipt and no checkpoint");
    }
    TreeChecks tree = new TreeChecks(TrustedKeys.of(keys));
    for (Path path : receipts) {
      tree.receipt(path.toString(), text(path));
    }
    for (Path path : checkpoints) {
      tree.checkpoint(path.toString(), text(path));
    }
    if (file == null) {
      return withoutExport(tree);
    }
    try (Inputs inputs = Inputs.of(rulesets, content, ledger)) {
      return withExport(tree, inputs);
    }
  }

  private Verification withoutExport(TreeChecks tree) {
    List<Finding> findings = new ArrayList<>(tree.findings());
    findings.addAll(tree.amongThemselves());
    if (rulesets != null || content != null || !ledger.isEmpty()) {
      findings.add(Finding.notChecked("decisions and bill", "both are compared with an export"));
    }
    return Verification.of(null, findings);
  }

  private Verification withExport(TreeChecks tree, Inputs inputs) throws IOException {
    List<ChainListener> listeners = new ArrayList<>(inputs.listeners());
    listeners.add(tree);
    ExportCheck check;
    try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      check = ExportCheck.of(ExportWalk.walk(in, listeners)).endingWith(head);
    } catch (CharacterCodingException e) {
      throw noText(file.equals("-") ? "standard input" : file, e);
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(chain(check));
    findings.addAll(tree.findings());
    if (check.valid()) {
      findings.addAll(tree.againstExport());
      inputs.listeners().forEach(listener -> findings.addAll(listener.findings()));
    } else {
      findings.add(
          Finding.notChecked(
              "what was signed, decisions and bill", "all of them are held against a whole chain"));
    }
    findings.addAll(inputs.notAsked());
    signed = tree.signedEvents();
    return Verification.of(check, findings);
  }

  private static Finding chain(ExportCheck check) {
    return check.valid()
        ? Finding.holds(
            "chain",
            "%d events of tenant %s, seq without a hole, each hash made again from content, head %s",
            check.events(),
            check.tenant(),
            check.headHash())
        : Finding.differs(
            "chain",
            "events before seq %d hold, each hash made again from content; there: %s, %s",
            check.firstBadSeq(),
            check.code(),
            check.observed());
  }

  private static String text(Path path) throws IOException {
    try {
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw noText(path.toString(), e);
    }
  }

  private static CommandFailure noText(String name, CharacterCodingException cause) {
    return new CommandFailure(name + " is no UTF-8 text", cause);
  }

  private void show(PrintWriter out, Verification verification) {
    if (Boolean.TRUE.equals(verification.valid()) && signed > verification.events()) {
      out.printf(
          "Of the chain of tenant %s %d events are there and follow one another without a gap; a checkpoint is over %d.%n"
              + "The end of the chain is missing, or the checkpoint is of another log. Of what is missing nothing could be checked.%n",
          verification.tenant(), verification.events(), signed);
    } else if (Boolean.TRUE.equals(verification.valid())) {
      out.printf("The chain of tenant %s holds.%n", verification.tenant());
    } else if (ExportCheck.HEAD_DIFFERS.equals(verification.code())) {
      out.printf(
          "The chain does not end with the hash that was given. Its %d events follow one another without a gap;%n"
              + "others that came behind them are missing, or it is another chain.%n",
          verification.firstBadSeq() - 1);
    } else if (verification.valid() != null) {
      out.printf(
          "The chain breaks at seq %d: %s, %s.%n",
          verification.firstBadSeq(), verification.code(), verification.observed());
    }
    for (Finding finding : verification.findings()) {
      out.printf("  %-11s %s: %s%n", mark(finding.outcome()), finding.check(), finding.observed());
    }
    out.println(
        switch (verification.verdict()) {
          case DIFFERS -> "Something differs.";
          case NOT_CHECKED -> "Nothing differs, and something could not be checked.";
          case HOLDS, NOT_ASKED -> "Everything that was asked for holds.";
        });
  }

  private static String mark(Outcome outcome) {
    return switch (outcome) {
      case HOLDS -> "ok";
      case DIFFERS -> "DIFFERS";
      case NOT_CHECKED -> "not checked";
      case NOT_ASKED -> "not asked";
    };
  }
}
