package dev.nofate.meter.trace;

import dev.nofate.audit.contract.ChainTracesApi;
import dev.nofate.kit.identity.TolerantJson;
import dev.nofate.kit.servicetoken.ServiceTokenHeader;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** audit-service over REST: where events came from. */
@RegisterRestClient(configKey = "audit-log")
@RegisterProvider(ServiceTokenHeader.class)
@RegisterProvider(TolerantJson.class)
public interface ChainTracesClient extends ChainTracesApi {}
