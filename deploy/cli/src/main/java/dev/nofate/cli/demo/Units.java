package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Units of usage, added up.
 *
 * @param evaluations how many evaluations they are of
 * @param bytesIn bytes of request bodies
 * @param bytesOut bytes of answers in canonical form
 * @param gatesExecuted gates run
 * @param auditWrites audit events written for evaluations
 */
public record Units(
    long evaluations, long bytesIn, long bytesOut, long gatesExecuted, long auditWrites) {

  static final Units NONE = new Units(0, 0, 0, 0, 0);

  /** The units of one {@code usage_recorded} payload. */
  static Units ofUsage(JsonNode payload) {
    return of(payload, 1);
  }

  /** The units of a ledger entry. */
  static Units ofEntry(JsonNode units) {
    return of(units, units.path("evaluations").asLong());
  }

  Units plus(Units other) {
    return new Units(
        Math.addExact(evaluations, other.evaluations),
        Math.addExact(bytesIn, other.bytesIn),
        Math.addExact(bytesOut, other.bytesOut),
        Math.addExact(gatesExecuted, other.gatesExecuted),
        Math.addExact(auditWrites, other.auditWrites));
  }

  @Override
  public String toString() {
    return "%d evaluations, %d bytes in, %d bytes out, %d gates, %d audit events"
        .formatted(evaluations, bytesIn, bytesOut, gatesExecuted, auditWrites);
  }

  private static Units of(JsonNode from, long evaluations) {
    return new Units(
        evaluations,
        from.path("bytes_in").asLong(),
        from.path("bytes_out").asLong(),
        from.path("gates_executed").asLong(),
        from.path("audit_writes").asLong());
  }
}
