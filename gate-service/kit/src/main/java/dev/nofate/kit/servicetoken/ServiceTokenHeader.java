package dev.nofate.kit.servicetoken;

import io.quarkus.arc.Arc;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/** Sends this service's token with a REST call. Register it on every client of another service. */
public class ServiceTokenHeader implements ClientRequestFilter {

  @Override
  public void filter(ClientRequestContext request) {
    String token = Arc.container().instance(OwnServiceToken.class).get().get();
    request.getHeaders().putSingle("Authorization", "Bearer " + token);
  }
}
