package dev.nofate.gate.console.audit;

import dev.nofate.audit.contract.ChainHead;

/**
 * The chain and what was signed about it.
 *
 * @param head end of the chain; null when not told
 * @param headObserved what was observed instead
 * @param checkpoint the signed note of this moment; null when not told
 * @param checkpointObserved what was observed instead
 * @param attestation the auditor's last statement; null when there is none
 * @param attestationObserved what was observed instead
 */
public record AuditPage(
    ChainHead head,
    String headObserved,
    String checkpoint,
    String checkpointObserved,
    String attestation,
    String attestationObserved) {}
