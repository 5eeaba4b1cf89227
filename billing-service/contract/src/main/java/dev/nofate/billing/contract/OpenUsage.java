package dev.nofate.billing.contract;

/**
 * Usage behind the last ledger entry, as the meter worker last saw it. Informative: never billed.
 *
 * @param afterSeq end of the last ledger entry the count starts behind
 * @param throughSeq last chain event counted
 * @param units the units between them
 */
public record OpenUsage(long afterSeq, long throughSeq, UsageUnits units) {}
