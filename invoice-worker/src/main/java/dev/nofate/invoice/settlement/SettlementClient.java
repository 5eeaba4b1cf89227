package dev.nofate.invoice.settlement;

import dev.nofate.billing.contract.SettlementApi;
import dev.nofate.kit.identity.TolerantJson;
import dev.nofate.kit.servicetoken.ServiceTokenHeader;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** billing-service's settlement over REST. */
@RegisterRestClient(configKey = "settlement")
@RegisterProvider(ServiceTokenHeader.class)
@RegisterProvider(TolerantJson.class)
public interface SettlementClient extends SettlementApi {}
