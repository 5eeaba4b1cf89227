package dev.nofate.kit.problem;

import jakarta.inject.Singleton;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;

/** Nobody listens at a part's address, its name is unknown, or the connection broke. */
@Singleton
public class NetworkOutage implements Outage {

  @Override
  public boolean is(Throwable failure) {
    return failure instanceof SocketException
        || failure instanceof UnknownHostException
        || failure instanceof ClosedChannelException;
  }
}
