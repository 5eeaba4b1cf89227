package dev.nofate.cli.stack;

import java.time.Duration;

/**
 * The two periods that a person watching wants shorter than production has them.
 *
 * @param meterPeriod METER_PERIOD of meter-worker, ISO-8601
 * @param gracePeriod BILLING_GRACE_PERIOD of billing-service, ISO-8601
 */
record Tuning(String meterPeriod, String gracePeriod) {

  private static final Tuning PRODUCTION = new Tuning("PT1H", "PT72H");

  /**
   * What was asked for, else what the stack runs with, else what production has. A stack that runs
   * is left as it is unless somebody asks for a change.
   */
  static Tuning of(Home home, Duration meterPeriod, Duration gracePeriod) {
    Tuning current = StateFile.read(home.tuningFile(), Tuning.class).orElse(PRODUCTION);
    Tuning wanted =
        new Tuning(
            meterPeriod == null ? current.meterPeriod : meterPeriod.toString(),
            gracePeriod == null ? current.gracePeriod : gracePeriod.toString());
    StateFile.write(home.tuningFile(), wanted);
    return wanted;
  }

  /** Nothing runs any more: the next start has production's periods again. */
  static void forget(Home home) {
    home.tuningFile().toFile().delete();
  }
}
