package dev.nofate.billing.paging;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a parameter without a value. To a resource it would look like one that is absent, and be
 * answered with more than was asked for.
 */
public class EmptyParameters {

  private static final List<String> NAMES = List.of("period", "limit", "after");

  @ServerRequestFilter
  public void refuse(RoutingContext request) {
    for (String name : NAMES) {
      if (request.queryParam(name).stream().anyMatch(String::isEmpty)) {
        throw new ProblemException(ErrorCode.BAD_REQUEST, name + " has no value");
      }
    }
  }
}
