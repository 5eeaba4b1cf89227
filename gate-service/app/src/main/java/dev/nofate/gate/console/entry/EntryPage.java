package dev.nofate.gate.console.entry;

import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Frames;
import dev.nofate.gate.signin.ClerkSignIns;
import dev.nofate.gate.signin.SignIns;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import org.jboss.resteasy.reactive.RestResponse;

/** The page that says how one signs in. */
@RequestScoped
class EntryPage {

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance entry(
        Frame frame, boolean byLink, boolean byClerk, String refused);
  }

  private final SignIns signIns;
  private final ClerkSignIns clerk;
  private final Frames frames;
  private final CurrentIdentityAssociation identities;

  EntryPage(
      SignIns signIns, ClerkSignIns clerk, Frames frames, CurrentIdentityAssociation identities) {
    this.signIns = signIns;
    this.clerk = clerk;
    this.frames = frames;
    this.identities = identities;
  }

  /** To whoever asks for it. */
  Uni<RestResponse.ResponseBuilder<String>> plain() {
    return of(null, RestResponse.Status.OK);
  }

  /** To whoever was not let in, with what was observed. */
  Uni<RestResponse.ResponseBuilder<String>> refused(String observed) {
    return of(observed, RestResponse.Status.UNAUTHORIZED);
  }

  private Uni<RestResponse.ResponseBuilder<String>> of(String refused, RestResponse.Status status) {
    return identities
        .getDeferredIdentity()
        .map(identity -> frames.of("Sign in", null, identity))
        .chain(
            frame -> Templates.entry(frame, signIns.byLink(), clerk.offered(), refused).createUni())
        .map(html -> RestResponse.ResponseBuilder.create(status, html));
  }
}
