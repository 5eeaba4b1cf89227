package dev.nofate.cli.stack;

import dev.nofate.embedded.OwnProcess;
import java.time.Duration;
import java.util.List;

/**
 * Processes of a state folder that no file knows any more: JVMs that carry its mark, and programs
 * that were unpacked into it.
 *
 * @param home the state folder
 */
record Orphans(Home home) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  List<ProcessHandle> find() {
    return ProcessHandle.allProcesses().filter(this::isOurs).toList();
  }

  void end() {
    find().forEach(handle -> OwnProcess.end(handle, PATIENCE));
  }

  private boolean isOurs(ProcessHandle handle) {
    if (handle.pid() == ProcessHandle.current().pid()) {
      return false;
    }
    ProcessHandle.Info info = handle.info();
    boolean unpacked = info.command().filter(this::isProgram).isPresent();
    return unpacked || info.commandLine().filter(this::isMarked).isPresent();
  }

  private boolean isProgram(String command) {
    return command.startsWith(home.programs() + "/");
  }

  private boolean isMarked(String commandLine) {
    return (commandLine + " ").contains(" " + JavaProcess.mark(home) + " ");
  }
}
