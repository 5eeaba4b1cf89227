package dev.nofate.meter.recount;

import dev.nofate.billing.contract.RecountsApi;
import dev.nofate.kit.identity.TolerantJson;
import dev.nofate.kit.servicetoken.ServiceTokenHeader;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** billing-service's comparison over REST. */
@RegisterRestClient(configKey = "recounts")
@RegisterProvider(ServiceTokenHeader.class)
@RegisterProvider(TolerantJson.class)
public interface RecountsClient extends RecountsApi {}
