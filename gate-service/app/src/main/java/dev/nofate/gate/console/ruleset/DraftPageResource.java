package dev.nofate.gate.console.ruleset;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.nofate.gate.backtest.BacktestRange;
import dev.nofate.gate.backtest.Backtests;
import dev.nofate.gate.console.page.Back;
import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Notice;
import dev.nofate.gate.console.page.Numbers;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.ruleset.Examples;
import dev.nofate.gate.ruleset.PublishedRuleset;
import dev.nofate.gate.ruleset.RulesetCheck;
import dev.nofate.gate.ruleset.RulesetResource;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;

/** A ruleset's draft: checked against its own examples, and published. */
@Path("/console/draft")
@RolesAllowed(Scope.Names.RULESETS_WRITE)
@Produces(MediaType.TEXT_HTML)
public class DraftPageResource {

  private static final int REFUSED = 422;
  private static final int LONGEST_DAYS = 366;

  /** Evaluations that one page's backtest examines at most. */
  private static final String EXAMINED = "2000";

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance draft(Frame frame, DraftView page);
  }

  private final RulesetResource rulesets;
  private final Backtests backtests;
  private final RulesetReader reader;
  private final Visitor visitor;
  private final ObjectMapper json;
  private final InstantSource clock;

  DraftPageResource(
      RulesetResource rulesets,
      Backtests backtests,
      RulesetReader reader,
      Visitor visitor,
      ObjectMapper json,
      InstantSource clock) {
    this.rulesets = rulesets;
    this.backtests = backtests;
    this.reader = reader;
    this.visitor = visitor;
    this.json = json;
    this.clock = clock;
  }

  /** The form, with a published version's document in it or an example's. */
  @GET
  public Uni<String> form(@RestQuery String from) {
    visitor.visit();
    Uni<String> document =
        from == null
            ? Uni.createFrom().item(Examples.RULESET)
            : rulesets.show(from).map(shown -> reader.indented(shown.document()));
    return document.chain(text -> page(text, null, null));
  }

  /** Says what publishing would say; nothing is published. */
  @POST
  @Path("/check")
  public Uni<String> check(@RestForm String csrf, @RestForm String document) {
    visitor.asks(csrf);
    return rulesets.check(bytes(document)).chain(check -> page(text(document), check, null));
  }

  /** Publishes, or says why not. */
  @POST
  @Path("/publish")
  public Uni<RestResponse<String>> publish(@RestForm String csrf, @RestForm String document) {
    visitor.changes(csrf);
    return rulesets
        .check(bytes(document))
        .chain(
            check ->
                check.ok()
                    ? rulesets.publish(bytes(document)).map(DraftPageResource::published)
                    : page(text(document), check, null)
                        .map(
                            html ->
                                RestResponse.ResponseBuilder.<String>create(REFUSED)
                                    .entity(html)
                                    .build()));
  }

  /** Has the draft decide the stored requests of the last days; nothing is written. */
  @POST
  @Path("/backtest")
  public Uni<String> backtest(
      @RestForm String csrf,
      @RestForm String document,
      @RestForm String days,
      @RestForm String from,
      @RestForm String to,
      @RestForm String after) {
    visitor.asks(csrf);
    String end = given(to) ? to : clock.instant().truncatedTo(ChronoUnit.MICROS).toString();
    String start = given(from) ? from : before(end, Numbers.whole("days", days, 1, LONGEST_DAYS));
    return rulesets
        .check(bytes(document))
        .chain(
            check ->
                check.ok()
                    ? run(check.name(), document, start, end, given(after) ? after : null)
                        .chain(found -> page(text(document), check, found))
                    : page(text(document), check, null));
  }

  private Uni<BacktestView> run(
      String name, String document, String from, String to, String after) {
    return backtests
        .lines(visitor.tenant(), name, BacktestRange.of(from, to, after, EXAMINED), bytes(document))
        .collect()
        .asList()
        .map(pieces -> BacktestView.of(from, to, pieces, json));
  }

  private static String before(String end, int days) {
    return Instant.parse(end).minus(days, ChronoUnit.DAYS).toString();
  }

  private static boolean given(String text) {
    return text != null && !text.isBlank();
  }

  private Uni<String> page(String document, RulesetCheck check, BacktestView backtest) {
    return Templates.draft(
            visitor.frame("Draft", Section.RULESETS), new DraftView(document, check, backtest))
        .createUni();
  }

  private static RestResponse<String> published(RestResponse<PublishedRuleset> answer) {
    PublishedRuleset made = answer.getEntity();
    Notice notice =
        answer.getStatus() == RestResponse.StatusCode.CREATED
            ? Notice.RULESET_PUBLISHED
            : Notice.RULESET_KNOWN;
    return Back.to("/console/rulesets/" + made.name() + "@" + made.version(), notice);
  }

  private static String text(String document) {
    return document == null ? "" : document;
  }

  private static byte[] bytes(String document) {
    return text(document).getBytes(StandardCharsets.UTF_8);
  }
}
