package dev.nofate.gate.console.status;

import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Frames;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.remote.AuditClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.signin.Visit;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The page that is open to everybody: how the parts of the service answer. */
@Path("/console/status")
@Produces(MediaType.TEXT_HTML)
public class StatusPageResource {

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance status(
        Frame frame, Health.StatusView page, String attestation, String observed);
  }

  private final Health health;
  private final AuditClient audit;
  private final Frames frames;
  private final CurrentIdentityAssociation identities;

  StatusPageResource(
      Health health,
      @RestClient AuditClient audit,
      Frames frames,
      CurrentIdentityAssociation identities) {
    this.health = health;
    this.audit = audit;
    this.frames = frames;
    this.identities = identities;
  }

  @GET
  @PermitAll
  public Uni<String> show() {
    return identities
        .getDeferredIdentity()
        .chain(
            identity -> {
              Frame frame = frames.of("Status", Section.STATUS, identity);
              return Uni.combine()
                  .all()
                  .unis(health.now(), attestation(identity))
                  .asTuple()
                  .chain(
                      both ->
                          Templates.status(
                                  frame,
                                  both.getItem1(),
                                  both.getItem2().value(),
                                  both.getItem2().observed())
                              .createUni());
            });
  }

  private Uni<Told<String>> attestation(SecurityIdentity identity) {
    return Visit.of(identity)
        .map(visit -> Told.by(AuditClient.NAME, audit.attestation("Bearer " + visit.credential())))
        .orElseGet(
            () ->
                Uni.createFrom()
                    .item(new Told<>(null, "A chain's attestation is shown to its tenant.")));
  }
}
