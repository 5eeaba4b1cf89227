package dev.nofate.gate.console.page;

import dev.nofate.gate.signin.Visit;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes the frame of the page being served. */
@RequestScoped
public class Frames {

  private final RoutingContext context;
  private final Csrf csrf;
  private final Assets assets;

  Frames(RoutingContext context, Csrf csrf, Assets assets) {
    this.context = context;
    this.csrf = csrf;
    this.assets = assets;
  }

  /** The frame of a page for whoever was identified. */
  public Frame of(String title, Section section, SecurityIdentity identity) {
    return of(title, section, Visit.of(identity));
  }

  Frame of(String title, Section section, Optional<Visit> visit) {
    return new Frame(
        title,
        section,
        sections(visit),
        visit.orElse(null),
        visit.map(csrf::token).orElse(""),
        assets.version(),
        Notice.of(context.request().getParam("done")));
  }

  private static List<Section> sections(Optional<Visit> visit) {
    return Arrays.stream(Section.values()).filter(section -> section.isOpenTo(visit)).toList();
  }
}
