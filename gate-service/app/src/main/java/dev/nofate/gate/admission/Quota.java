package dev.nofate.gate.admission;

/**
 * A token bucket: so many units come in a minute, and so many can have gathered.
 *
 * @param name tenant or key, as the RateLimit header fields name it
 * @param key under which its level is kept
 * @param perMinute units that come in a minute
 * @param capacity units that can be taken at once after a pause
 */
record Quota(String name, String key, long perMinute, long capacity) {

  private static final double MINUTE_MICROS = 60_000_000;

  static Quota of(String name, String key, long perMinute, int burstPercent) {
    long capacity = Math.max(1, perMinute * burstPercent / 100);
    return new Quota(name, key, Math.max(1, perMinute), capacity);
  }

  /** Microseconds in which one unit comes. */
  double intervalMicros() {
    return MINUTE_MICROS / perMinute;
  }

  /**
   * What has to be there for a cost; one beyond the capacity needs all of it, or it never passed.
   */
  double neededMicros(long cost) {
    return Math.min(cost, capacity) * intervalMicros();
  }

  /** What a cost takes: beyond the capacity it is a debt that later requests wait for. */
  double takenMicros(long cost) {
    return cost * intervalMicros();
  }

  double capacityMicros() {
    return capacity * intervalMicros();
  }

  /** What is told of it when this much of it is taken. */
  Ticket.Level level(double takenMicros) {
    long remaining = (long) Math.floor((capacityMicros() - takenMicros) / intervalMicros() + 1e-6);
    return new Ticket.Level(
        name, perMinute, Math.max(0, Math.min(capacity, remaining)), (long) (takenMicros / 1000));
  }
}
