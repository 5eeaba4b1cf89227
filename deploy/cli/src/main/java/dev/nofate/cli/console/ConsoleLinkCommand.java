package dev.nofate.cli.console;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.StackFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a sign-in link for the console of the running stack. */
@Command(
    name = "console-link",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a link that signs in at the console of the stack on this machine.",
      "A link is good once and for 15 minutes; the session that it opens lasts 8 hours."
    })
public final class ConsoleLinkCommand implements Callable<Integer> {

  /** Who signs in. */
  enum Who {
    admin,
    reader,
    operator
  }

  @Option(
      names = "--role",
      paramLabel = "<role>",
      defaultValue = "admin",
      description =
          "admin or reader of the tenant, or operator of the suite. Default: ${DEFAULT-VALUE}.")
  private Who role;

  @Option(
      names = "--tenant",
      paramLabel = "<id>",
      description = "Whose console. Default: the stack's own tenant.")
  private String tenant;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StackFile stack =
        StackFile.read(Home.fromEnvironment())
            .orElseThrow(() -> new CommandFailure("no stack is up; ./nofate up starts one"));
    String whose = tenant == null ? stack.tenantId() : tenant;
    ConsoleLinks links = new ConsoleLinks(stack.gatewayUrl(), stack.adminToken());
    String link = role == Who.operator ? links.make(null, "admin") : links.make(whose, role.name());
    spec.commandLine().getOut().println(link);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
