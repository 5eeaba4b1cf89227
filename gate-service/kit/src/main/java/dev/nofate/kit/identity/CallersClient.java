package dev.nofate.kit.identity;

import dev.nofate.gate.contract.CallersApi;
import dev.nofate.kit.servicetoken.ServiceTokenHeader;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** gate-service's caller directory over REST. */
@RegisterRestClient(configKey = "gate-callers")
@RegisterProvider(ServiceTokenHeader.class)
@RegisterProvider(TolerantJson.class)
public interface CallersClient extends CallersApi {}
