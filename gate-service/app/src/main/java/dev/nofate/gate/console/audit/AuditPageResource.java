package dev.nofate.gate.console.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.console.remote.AuditClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** The tenant's chain: its end, what was signed about it, its events, and a verification. */
@Path("/console/audit")
@RolesAllowed(Scope.Names.AUDIT_READ)
@Produces(MediaType.TEXT_HTML)
public class AuditPageResource {

  private static final int PAGE = 50;
  private static final List<String> TYPES =
      Arrays.stream(EventType.values()).map(EventType::wireName).toList();

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance audit(Frame frame, AuditPage page);

    static native TemplateInstance events(Frame frame, EventList page);

    static native TemplateInstance verification(
        Frame frame, AuditClient.Verification page, Instant started, Instant ended);
  }

  private final AuditClient audit;
  private final Visitor visitor;
  private final ObjectMapper json;
  private final InstantSource clock;

  AuditPageResource(
      @RestClient AuditClient audit, Visitor visitor, ObjectMapper json, InstantSource clock) {
    this.audit = audit;
    this.visitor = visitor;
    this.json = json;
    this.clock = clock;
  }

  @GET
  public Uni<String> show() {
    Frame frame = visitor.frame("Audit", Section.AUDIT);
    String bearer = visitor.bearer();
    return Uni.combine()
        .all()
        .unis(
            Told.by(AuditClient.NAME, audit.head(bearer)),
            Told.by(AuditClient.NAME, audit.checkpoint(bearer)),
            Told.by(AuditClient.NAME, audit.attestation(bearer)))
        .asTuple()
        .map(
            told ->
                new AuditPage(
                    told.getItem1().value(),
                    told.getItem1().observed(),
                    told.getItem2().value(),
                    told.getItem2().observed(),
                    told.getItem3().value(),
                    told.getItem3().observed()))
        .chain(page -> Templates.audit(frame, page).createUni());
  }

  /**
   * Events. Without a filter from the end of the chain, whose numbers have no hole; with one in
   * order of seq.
   *
   * @param before list those before this seq
   */
  @GET
  @Path("/events")
  public Uni<String> events(
      @RestQuery Long after,
      @RestQuery Long before,
      @RestQuery String type,
      @RestQuery String subject) {
    Frame frame = visitor.frame("Events", Section.AUDIT);
    boolean newestFirst = after == null && blank(type) && blank(subject);
    return (newestFirst ? newest(before) : inOrder(after, type, subject))
        .chain(page -> Templates.events(frame, page).createUni());
  }

  /** Has the chain recomputed and waits for what is found. */
  @POST
  @Path("/verification")
  public Uni<String> verify(@RestForm String csrf) {
    visitor.asks(csrf);
    Frame frame = visitor.frame("Verification", Section.AUDIT);
    Instant started = clock.instant();
    return Told.orProblem(audit.verify(visitor.bearer()))
        .chain(found -> Templates.verification(frame, found, started, clock.instant()).createUni());
  }

  private Uni<EventList> newest(Long before) {
    Uni<Long> end =
        before == null
            ? Told.orProblem(audit.head(visitor.bearer())).map(head -> head.seq() + 1)
            : Uni.createFrom().item(Math.max(1, before));
    return end.chain(
        behind -> {
          long start = Math.max(0, behind - 1 - PAGE);
          int size = (int) Math.min(PAGE, Math.max(1, behind - 1 - start));
          return Told.orProblem(audit.events(visitor.bearer(), start, size, null, null))
              .map(
                  page -> {
                    List<EventView> events = new ArrayList<>(views(page));
                    Collections.reverse(events);
                    return new EventList(
                        events, true, "", "", start > 0 ? start + 1 : null, null, TYPES);
                  });
        });
  }

  private Uni<EventList> inOrder(Long after, String type, String subject) {
    return Told.orProblem(
            audit.events(
                visitor.bearer(),
                after == null ? 0 : after,
                PAGE,
                blank(type) ? null : type,
                blank(subject) ? null : subject.strip()))
        .map(
            page ->
                new EventList(
                    views(page),
                    false,
                    blank(type) ? "" : type,
                    blank(subject) ? "" : subject.strip(),
                    null,
                    page.next(),
                    TYPES));
  }

  private List<EventView> views(Page<ChainEvent> page) {
    return page.items().stream().map(event -> EventView.of(event, json)).toList();
  }

  private static boolean blank(String text) {
    return text == null || text.isBlank();
  }
}
