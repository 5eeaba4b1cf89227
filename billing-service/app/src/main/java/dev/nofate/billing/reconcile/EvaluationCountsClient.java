package dev.nofate.billing.reconcile;

import dev.nofate.gate.contract.EvaluationCountsApi;
import dev.nofate.kit.identity.TolerantJson;
import dev.nofate.kit.servicetoken.ServiceTokenHeader;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** gate-service's counts over REST. */
@RegisterRestClient(configKey = "evaluation-counts")
@RegisterProvider(ServiceTokenHeader.class)
@RegisterProvider(TolerantJson.class)
public interface EvaluationCountsClient extends EvaluationCountsApi {}
