package dev.nofate.gate.console.operator;

import dev.nofate.gate.console.billing.PriceRow;
import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.tenant.Tenant;
import java.util.List;
import java.util.UUID;

/**
 * What is the operator's to see.
 *
 * @param tenants in order of id
 * @param key the idempotency key of the form that makes a tenant: sent twice, it makes one
 * @param parked webhook events that were given up on; null when not told
 * @param parkedObserved what was observed instead
 * @param prices versions of the price book, newest first; null when not told
 * @param pricesObserved what was observed instead
 * @param faults usage that the provider did not count, oldest first; null when not told
 * @param faultsObserved what was observed instead
 * @param held reports whose outcome could not be found out; null when not told
 * @param heldObserved what was observed instead
 */
public record OperatorPage(
    Page<Tenant> tenants,
    UUID key,
    List<BillingClient.Parked> parked,
    String parkedObserved,
    List<PriceRow> prices,
    String pricesObserved,
    List<BillingClient.Fault> faults,
    String faultsObserved,
    List<BillingClient.HeldReport> held,
    String heldObserved) {}
