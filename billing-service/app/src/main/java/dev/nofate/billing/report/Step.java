package dev.nofate.billing.report;

import java.time.Instant;

/** What follows for an entry that is not reported. */
sealed interface Step {

  /** It is sent. */
  record Send(Channel channel) implements Step {}

  /** Nothing bills it now: it waits as after any failure. */
  record Refuse(String why) implements Step {}

  /** The meter's sums do not tell yet. */
  record Wait(Instant until) implements Step {}

  /** The meter's sums tell. */
  record AskTheMeter() implements Step {}

  /** It was metered: there is nothing to send. */
  record Metered() implements Step {}

  /** It is certainly not there, and takes the way of what was never sent. */
  record Forget() implements Step {}

  /** Only a person can find out. */
  record Hold(String reason) implements Step {}
}
