package dev.nofate.gate.console.status;

import dev.nofate.audit.contract.AuditorApi;
import dev.nofate.kit.identity.TolerantJson;
import dev.nofate.kit.servicetoken.ServiceTokenHeader;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What the auditor found, over REST. */
@RegisterRestClient(configKey = "audit-log")
@RegisterProvider(ServiceTokenHeader.class)
@RegisterProvider(TolerantJson.class)
interface AuditorClient extends AuditorApi {}
