package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;

/** One command at a time changes the stack of a state folder. The lock goes with its process. */
final class StackLock implements AutoCloseable {

  private final FileChannel channel;

  private StackLock(FileChannel channel) {
    this.channel = channel;
  }

  static StackLock take(Home home) {
    try {
      FileChannel channel =
          FileChannel.open(home.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new CommandFailure(
            "another nofate command is changing the stack in " + home.folder());
      }
      return new StackLock(channel);
    } catch (IOException e) {
      throw new CommandFailure("cannot lock " + home.lockFile() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new CommandFailure("cannot unlock: " + e.getMessage(), e);
    }
  }
}
