package dev.nofate.gate.console.ruleset;

import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Notice;
import dev.nofate.gate.console.page.Numbers;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.ruleset.PublishedRuleset;
import dev.nofate.gate.ruleset.RulesetResource;
import dev.nofate.gate.ruleset.ServedVersion;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** Rulesets: the versions, one version, what differs between two. */
@Path("/console/rulesets")
@RolesAllowed({Scope.Names.EVALUATE, Scope.Names.RULESETS_WRITE})
@Produces(MediaType.TEXT_HTML)
public class RulesetPageResource {

  private static final String PAGE = "50";
  private static final String VERSIONS = "100";

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance rulesets(Frame frame, Page<PublishedRuleset> page);

    static native TemplateInstance ruleset(Frame frame, RulesetView page);

    static native TemplateInstance difference(Frame frame, Difference page);
  }

  private final RulesetResource rulesets;
  private final RulesetReader reader;
  private final Visitor visitor;

  RulesetPageResource(RulesetResource rulesets, RulesetReader reader, Visitor visitor) {
    this.rulesets = rulesets;
    this.reader = reader;
    this.visitor = visitor;
  }

  @GET
  public Uni<String> list(@RestQuery String after) {
    Frame frame = visitor.frame("Rulesets", Section.RULESETS);
    return rulesets
        .list(Optional.empty(), Optional.ofNullable(after), PAGE)
        .chain(page -> Templates.rulesets(frame, page).createUni());
  }

  @GET
  @Path("/{reference}")
  public Uni<String> show(@PathParam("reference") String reference) {
    Frame frame = visitor.frame("Ruleset", Section.RULESETS);
    return rulesets
        .show(reference)
        .chain(
            shown ->
                Uni.combine()
                    .all()
                    .unis(
                        rulesets.list(Optional.of(shown.name()), Optional.empty(), VERSIONS),
                        rulesets.show(shown.name()))
                    .with(
                        (versions, served) ->
                            reader.read(shown, versions.items(), served.version())))
        .chain(view -> Templates.ruleset(frame, view).createUni());
  }

  /** Chooses the version that decides requests which pin none. */
  @POST
  @Path("/{name}/served")
  public Uni<RestResponse<String>> serve(
      @PathParam("name") String name, @RestForm String csrf, @RestForm String version) {
    visitor.changes(csrf);
    int number = Numbers.whole("version", version, 1, Integer.MAX_VALUE);
    return rulesets
        .serve(name, new ServedVersion(number))
        .map(
            served ->
                Back.to(
                    "/console/rulesets/" + served.name() + "@" + served.version(),
                    Notice.RULESET_SERVED));
  }

  @GET
  @Path("/{name}/diff")
  public Uni<String> differ(
      @PathParam("name") String name, @RestQuery String from, @RestQuery String to) {
    Frame frame = visitor.frame("Difference", Section.RULESETS);
    return rulesets
        .diff(name, from, to)
        .map(diff -> Difference.of(name, diff))
        .chain(page -> Templates.difference(frame, page).createUni());
  }
}
