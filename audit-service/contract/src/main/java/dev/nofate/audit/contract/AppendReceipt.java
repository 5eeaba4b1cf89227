package dev.nofate.audit.contract;

import java.util.List;

/**
 * Where an append stands in its chain. It is durable when this answer leaves.
 *
 * @param firstSeq {@code seq} of the first event of the append
 * @param lastSeq {@code seq} of its last event
 * @param headHash hash of its last event, 64 hexadecimal digits
 * @param at time of its last event, RFC 3339 UTC with six fraction digits
 * @param replayed whether the append id was known already
 * @param recorded the events as recorded, only when replayed; empty otherwise
 */
public record AppendReceipt(
    long firstSeq,
    long lastSeq,
    String headHash,
    String at,
    boolean replayed,
    List<ChainEvent> recorded) {}
