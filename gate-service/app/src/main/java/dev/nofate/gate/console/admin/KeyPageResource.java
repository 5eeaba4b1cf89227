package dev.nofate.gate.console.admin;

import dev.nofate.gate.apikey.ApiKeyRequest;
import dev.nofate.gate.apikey.ApiKeyResource;
import dev.nofate.gate.apikey.NewApiKey;
import dev.nofate.gate.apikey.Rotation;
import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Notice;
import dev.nofate.gate.console.page.Numbers;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.problem.ProblemException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;

/** Makes keys, which are shown this once, and ends them. */
@Path("/console/admin/keys")
@RolesAllowed(Scope.Names.ADMIN)
@Produces(MediaType.TEXT_HTML)
public class KeyPageResource {

  private static final int LONGEST_DAYS = 3660;
  private static final int LONGEST_OVERLAP_HOURS = 720;

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance key(Frame frame, NewApiKey page);
  }

  private final ApiKeyResource keys;
  private final Visitor visitor;
  private final InstantSource clock;

  KeyPageResource(ApiKeyResource keys, Visitor visitor, InstantSource clock) {
    this.keys = keys;
    this.visitor = visitor;
    this.clock = clock;
  }

  @POST
  public Uni<String> create(
      @RestForm String csrf,
      @RestForm String name,
      @RestForm List<String> scopes,
      @RestForm String days) {
    visitor.changes(csrf);
    Frame frame = visitor.frame("New key", Section.ADMIN);
    return keys.create(Optional.empty(), new ApiKeyRequest(name, scopes(scopes), expiry(days)))
        .chain(made -> Templates.key(frame, made).createUni());
  }

  @POST
  @Path("/{id}/revoke")
  public Uni<RestResponse<String>> revoke(@PathParam("id") String id, @RestForm String csrf) {
    visitor.changes(csrf);
    return keys.revoke(id, Optional.empty())
        .map(done -> Back.to("/console/admin", Notice.KEY_REVOKED));
  }

  /** Makes a key in another's place, which stays good for some hours. */
  @POST
  @Path("/{id}/rotate")
  public Uni<String> rotate(
      @PathParam("id") String id, @RestForm String csrf, @RestForm String hours) {
    visitor.changes(csrf);
    Frame frame = visitor.frame("New key", Section.ADMIN);
    long overlap =
        Duration.ofHours(Numbers.whole("hours", hours, 0, LONGEST_OVERLAP_HOURS)).toSeconds();
    return keys.rotate(id, Optional.empty(), new Rotation((int) overlap, null))
        .chain(made -> Templates.key(frame, made).createUni());
  }

  private static List<Scope> scopes(List<String> names) {
    try {
      return names == null ? List.of() : names.stream().map(Scope::of).toList();
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "scopes holds an unknown scope");
    }
  }

  private Instant expiry(String days) {
    if (days == null || days.isBlank()) {
      return null;
    }
    int number = Numbers.whole("days", days, 1, LONGEST_DAYS);
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(number, ChronoUnit.DAYS);
  }
}
