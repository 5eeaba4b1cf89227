package dev.nofate.cli;

import dev.nofate.cli.backtest.BacktestCommand;
import dev.nofate.cli.backup.BackupCommand;
import dev.nofate.cli.backup.RestoreCommand;
import dev.nofate.cli.billing.BillingCommand;
import dev.nofate.cli.billing.WebhooksCommand;
import dev.nofate.cli.console.ConsoleLinkCommand;
import dev.nofate.cli.demo.DemoCommand;
import dev.nofate.cli.drill.DrillCommand;
import dev.nofate.cli.gateway.GatewayCommand;
import dev.nofate.cli.keys.KeysCommand;
import dev.nofate.cli.keys.TenantsCommand;
import dev.nofate.cli.load.LoadCommand;
import dev.nofate.cli.publication.PublicationGateCommand;
import dev.nofate.cli.readiness.ReadinessCommand;
import dev.nofate.cli.stack.DownCommand;
import dev.nofate.cli.stack.StatusCommand;
import dev.nofate.cli.stack.UpCommand;
import dev.nofate.cli.verify.VerifyCommand;
import dev.nofate.cli.witness.WitnessCommand;
import dev.nofate.embedded.PartException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The root of the commands and the program's entry. */
@Command(
    name = "nofate",
    mixinStandardHelpOptions = true,
    versionProvider = Nofate.Version.class,
    description = "Runs the No Fate suite on this machine and checks what it says.",
    footer = {
      "",
      "State lives in .nofate/ beside the script, or in $NOFATE_HOME.",
      "Exit codes: 0 as expected, 1 otherwise, 2 the command line was not understood."
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      DrillCommand.class,
      ConsoleLinkCommand.class,
      VerifyCommand.class,
      WitnessCommand.class,
      BacktestCommand.class,
      PublicationGateCommand.class,
      ReadinessCommand.class,
      TenantsCommand.class,
      KeysCommand.class,
      LoadCommand.class,
      BillingCommand.class,
      WebhooksCommand.class,
      GatewayCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Nofate {

  public static void main(String[] arguments) {
    // Libraries log through SLF4J; this program has nothing to log and says so without a warning.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(commandLine().setOut(utf8(System.out)).setErr(utf8(System.err)).execute(arguments));
  }

  /** What is printed is the same in every locale, the bare one of a container included. */
  private static PrintWriter utf8(OutputStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** The command line as the program and its tests run it. */
  public static CommandLine commandLine() {
    return new CommandLine(new Nofate())
        .registerConverter(UUID.class, Nofate::id)
        .setExecutionExceptionHandler(Nofate::report)
        .setParameterExceptionHandler(Nofate::notUnderstood);
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException("'%s' is no UUID".formatted(text));
    }
  }

  /** Says what was not understood and how the command is used, and guesses nothing. */
  private static int notUnderstood(CommandLine.ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("nofate: " + failure.getMessage());
    command.usage(command.getErr());
    return CommandLine.ExitCode.USAGE;
  }

  /**
   * A failure that was foreseen is told in a sentence; anything else is a fault of ours and shows
   * where. The exit code is the command's own for not having got to an answer.
   */
  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof CommandFailure || failure instanceof PartException) {
      command.getErr().println("nofate: " + failure.getMessage());
    } else {
      failure.printStackTrace(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Nofate.class.getPackage().getImplementationVersion();
      return new String[] {
        "nofate " + (version == null ? "(unpackaged)" : version), "Java " + Runtime.version()
      };
    }
  }
}
