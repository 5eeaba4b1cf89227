package dev.nofate.gate.console.operator;

import dev.nofate.billing.contract.AccountStanding;
import dev.nofate.gate.console.admin.Cause;
import dev.nofate.gate.contract.TenantId;
import java.util.List;

/**
 * One tenant as the operator sees it: how its account stands and why, and nothing of its contents.
 *
 * @param tenant its id
 * @param standing null when not told
 * @param standingObserved what was observed instead
 * @param causes the last changes of the standing, newest first; null when not told
 * @param causesObserved what was observed instead
 */
public record TenantPage(
    TenantId tenant,
    AccountStanding standing,
    String standingObserved,
    List<Cause> causes,
    String causesObserved) {}
