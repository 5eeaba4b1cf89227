package dev.nofate.meter.recount;

import dev.nofate.billing.contract.Recount;
import dev.nofate.billing.contract.RecountTask;
import dev.nofate.billing.contract.RecountsApi;
import dev.nofate.meter.call.Calls;
import io.smallrye.mutiny.TimeoutException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The comparison as the meter sees it. */
@ApplicationScoped
@CircuitBreaker(failOn = {ProcessingException.class, TimeoutException.class})
public class Recounts {

  private final RecountsApi api;
  private final Calls calls;

  @Inject
  Recounts(@RestClient RecountsClient client, Calls calls) {
    this((RecountsApi) client, calls);
  }

  public Recounts(RecountsApi api, Calls calls) {
    this.api = api;
    this.calls = calls;
  }

  /** Entries to count. */
  public List<RecountTask> due(int limit) {
    return calls.await(api.due(limit));
  }

  /** Hands a count in. */
  public void counted(Recount recount) {
    calls.await(api.counted(recount));
  }
}
