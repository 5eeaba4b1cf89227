package dev.nofate.billing.contract;

/**
 * Units of usage, as summed over {@code usage_recorded} events.
 *
 * @param evaluations number of {@code usage_recorded} events
 * @param bytesIn bytes of request bodies
 * @param bytesOut bytes of answers in canonical form
 * @param gatesExecuted gates run
 * @param auditWrites audit events written for evaluations
 */
public record UsageUnits(
    long evaluations, long bytesIn, long bytesOut, long gatesExecuted, long auditWrites) {

  public static final UsageUnits NONE = new UsageUnits(0, 0, 0, 0, 0);

  /**
   * The sum of two.
   *
   * @throws ArithmeticException when a unit does not fit 64 bits
   */
  public UsageUnits plus(UsageUnits other) {
    return new UsageUnits(
        Math.addExact(evaluations, other.evaluations),
        Math.addExact(bytesIn, other.bytesIn),
        Math.addExact(bytesOut, other.bytesOut),
        Math.addExact(gatesExecuted, other.gatesExecuted),
        Math.addExact(auditWrites, other.auditWrites));
  }
}
