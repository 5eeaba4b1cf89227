package dev.nofate.kit.identity;

import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.CallersApi.CallerAnswer;
import dev.nofate.gate.contract.CallersApi.CallerQuestion;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Asks gate-service who a caller is. */
@DefaultBean
@ApplicationScoped
public class RemoteCallers implements CallerDirectory {

  private static final Logger LOG = Logger.getLogger(RemoteCallers.class);

  private final CallersClient gate;
  private final CallerCache cache;

  public RemoteCallers(@RestClient CallersClient gate, CallerCache cache) {
    this.gate = gate;
    this.cache = cache;
  }

  @Override
  public Uni<Optional<Caller>> find(String credential) {
    return cache.get(credential, this::ask);
  }

  private Uni<Optional<Caller>> ask(String credential) {
    return gate.resolve(new CallerQuestion(credential))
        .map(CallerAnswer::caller)
        .map(Optional::ofNullable)
        .onFailure()
        .transform(
            failure -> {
              LOG.warnf("gate-service did not say who a caller is: %s", failure.getClass());
              return new ProblemException(
                  ErrorCode.UNAVAILABLE, "The caller directory did not answer");
            });
  }
}
