package dev.nofate.audit.contract;

import dev.nofate.gate.contract.TenantId;

/**
 * The end of a chain.
 *
 * @param tenant whose chain
 * @param seq number of events; 0 for an empty chain
 * @param at time of the last event, or null for an empty chain
 * @param hash hash of the last event, or the genesis hash for an empty chain
 */
public record ChainHead(TenantId tenant, long seq, String at, String hash) {}
