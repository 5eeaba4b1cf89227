package dev.nofate.gate.standing;

import dev.nofate.billing.contract.AccountsApi;
import dev.nofate.kit.identity.TolerantJson;
import dev.nofate.kit.servicetoken.ServiceTokenHeader;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** billing-service's accounts over REST. */
@RegisterRestClient(configKey = "accounts")
@RegisterProvider(ServiceTokenHeader.class)
@RegisterProvider(TolerantJson.class)
public interface AccountsClient extends AccountsApi {}
