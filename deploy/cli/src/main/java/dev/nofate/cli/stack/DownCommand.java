package dev.nofate.cli.stack;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Ends the stack. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = {
      "Ends everything that runs for this state folder.",
      "Data and secrets stay; the next up continues with them."
    })
public final class DownCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Home home = Home.fromEnvironment();
    new Stack(home, out).down();
    out.println("The stack in " + home.folder() + " is down.");
    out.flush();
    return 0;
  }
}
