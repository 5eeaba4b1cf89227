package dev.nofate.cli.stack;

import java.util.Map;

/**
 * What a start may be told and later commands go by.
 *
 * @param meterPeriod METER_PERIOD of meter-worker, ISO-8601; shorter for a person who watches
 * @param gracePeriod BILLING_GRACE_PERIOD of billing-service, ISO-8601; likewise
 * @param nativePrograms whether the services run as native executables
 * @param telemetry variables about traces and logs, for every service and the gateway
 */
record Tuning(
    String meterPeriod, String gracePeriod, boolean nativePrograms, Map<String, String> telemetry) {

  private static final Tuning PRODUCTION = new Tuning("PT1H", "PT72H", false, Map.of());

  Tuning {
    telemetry = telemetry == null ? Map.of() : Map.copyOf(telemetry);
  }

  /** What the stack runs with. */
  static Tuning of(Home home) {
    return StateFile.read(home.tuningFile(), Tuning.class).orElse(PRODUCTION);
  }

  /**
   * What was asked for, else what the stack runs with, else what production has. A stack that runs
   * is left as it is unless somebody asks for a change.
   */
  static Tuning of(Home home, Stack.Wishes wishes) {
    Tuning current = of(home);
    Tuning wanted =
        new Tuning(
            wishes.meterPeriod() == null ? current.meterPeriod : wishes.meterPeriod().toString(),
            wishes.gracePeriod() == null ? current.gracePeriod : wishes.gracePeriod().toString(),
            wishes.nativePrograms() == null ? current.nativePrograms : wishes.nativePrograms(),
            wishes.telemetry().isEmpty() ? current.telemetry : wishes.telemetry());
    StateFile.write(home.tuningFile(), wanted);
    return wanted;
  }

  /** Nothing runs any more: the next start has production's periods again. */
  static void forget(Home home) {
    home.tuningFile().toFile().delete();
  }
}
