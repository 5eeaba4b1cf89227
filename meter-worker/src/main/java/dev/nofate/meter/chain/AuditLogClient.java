package dev.nofate.meter.chain;

import dev.nofate.audit.contract.AuditLogApi;
import dev.nofate.kit.identity.TolerantJson;
import dev.nofate.kit.servicetoken.ServiceTokenHeader;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** audit-service over REST. */
@RegisterRestClient(configKey = "audit-log")
@RegisterProvider(ServiceTokenHeader.class)
@RegisterProvider(TolerantJson.class)
public interface AuditLogClient extends AuditLogApi {}
