package dev.nofate.meter.ledger;

import dev.nofate.billing.contract.LedgerApi;
import dev.nofate.kit.identity.TolerantJson;
import dev.nofate.kit.servicetoken.ServiceTokenHeader;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** billing-service's ledger over REST. */
@RegisterRestClient(configKey = "usage-ledger")
@RegisterProvider(ServiceTokenHeader.class)
@RegisterProvider(TolerantJson.class)
public interface LedgerClient extends LedgerApi {}
