package dev.nofate.gate.console.admin;

import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Notice;
import dev.nofate.gate.console.page.Numbers;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.erasure.ContentResource;
import dev.nofate.gate.erasure.ErasureResource;
import dev.nofate.gate.erasure.Retention;
import dev.nofate.gate.erasure.RetentionResource;
import dev.nofate.gate.erasure.SubjectErased;
import dev.nofate.gate.erasure.SubjectErasure;
import dev.nofate.kit.problem.ProblemException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;

/** How long contents are kept, and erasure before that. */
@Path("/console/admin/erasure")
@RolesAllowed(Scope.Names.ADMIN)
@Produces(MediaType.TEXT_HTML)
public class RetentionPageResource {

  private static final int LONGEST_DAYS = 36_500;

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance erased(Frame frame, SubjectErased page);
  }

  private final RetentionResource retention;
  private final ContentResource contents;
  private final ErasureResource erasures;
  private final Visitor visitor;

  RetentionPageResource(
      RetentionResource retention,
      ContentResource contents,
      ErasureResource erasures,
      Visitor visitor) {
    this.retention = retention;
    this.contents = contents;
    this.erasures = erasures;
    this.visitor = visitor;
  }

  @POST
  @Path("/retention")
  public Uni<RestResponse<String>> retain(@RestForm String csrf, @RestForm String days) {
    visitor.changes(csrf);
    Integer kept =
        days == null || days.isBlank() ? null : Numbers.whole("days", days, 1, LONGEST_DAYS);
    return retention
        .set(Optional.empty(), new Retention(kept))
        .map(set -> Back.to("/console/admin", Notice.RETENTION_SET));
  }

  @POST
  @Path("/content")
  public Uni<RestResponse<String>> content(
      @RestForm String csrf, @RestForm String evaluation, @RestForm String sure) {
    visitor.changes(csrf);
    confirmed(sure);
    return contents
        .erase(evaluation == null ? "" : evaluation)
        .map(
            erased ->
                Back.to("/console/evaluations/" + erased.evaluationId(), Notice.CONTENT_ERASED));
  }

  @POST
  @Path("/subject")
  public Uni<String> subject(
      @RestForm String csrf, @RestForm String subject, @RestForm String sure) {
    visitor.changes(csrf);
    confirmed(sure);
    Frame frame = visitor.frame("Erased", Section.ADMIN);
    return erasures
        .eraseSubject(Optional.empty(), new SubjectErasure(subject))
        .chain(erased -> Templates.erased(frame, erased).createUni());
  }

  private static void confirmed(String sure) {
    if (!"yes".equals(sure)) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The erasure was not confirmed");
    }
  }
}
