package dev.nofate.gate.console.admin;

import dev.nofate.gate.apikey.ApiKey;
import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.contract.Page;
import java.util.List;

/**
 * What is the tenant's own to change, and how it stands.
 *
 * @param keys API keys in order of id
 * @param scopes what a key can be given
 * @param retentionDays how long contents are kept; null keeps them
 * @param account standing; null when not told
 * @param accountObserved what was observed instead
 * @param causes the last changes of the standing, newest first
 * @param causesObserved what was observed instead
 */
public record AdminPage(
    Page<ApiKey> keys,
    List<String> scopes,
    Integer retentionDays,
    BillingClient.Account account,
    String accountObserved,
    List<Cause> causes,
    String causesObserved) {}
