package dev.nofate.gate.console.operator;

import dev.nofate.billing.contract.AccountStanding;
import dev.nofate.gate.apikey.ApiKey;
import dev.nofate.gate.console.admin.Cause;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.tenant.Tenant;
import java.util.List;

/**
 * One tenant as the operator sees it: who it is, its keys, how its account stands and why, and
 * nothing of its contents.
 *
 * @param tenant its name, rate limit and organization
 * @param keys its API keys, without their text
 * @param standing null when not told
 * @param standingObserved what was observed instead
 * @param causes the last changes of the standing, newest first; null when not told
 * @param causesObserved what was observed instead
 */
public record TenantPage(
    Tenant tenant,
    Page<ApiKey> keys,
    AccountStanding standing,
    String standingObserved,
    List<Cause> causes,
    String causesObserved) {}
