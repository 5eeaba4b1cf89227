package dev.nofate.gate.console.overview;

import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Show;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.console.remote.BillingClient;
import dev.nofate.gate.console.remote.Told;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.signin.SessionMechanism;
import dev.nofate.gate.signin.Visit;
import dev.nofate.gate.tally.Buckets;
import dev.nofate.gate.tally.Hour;
import dev.nofate.gate.tally.HourStore;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The first page: what was answered lately, and how the account stands. */
@Path("/console")
@RolesAllowed(SessionMechanism.VISITOR)
@Produces(MediaType.TEXT_HTML)
public class OverviewResource {

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance overview(Frame frame, Overview page);
  }

  private final HourStore hours;
  private final BillingClient billing;
  private final Visitor visitor;
  private final InstantSource clock;

  OverviewResource(
      HourStore hours, @RestClient BillingClient billing, Visitor visitor, InstantSource clock) {
    this.hours = hours;
    this.billing = billing;
    this.visitor = visitor;
    this.clock = clock;
  }

  /** Counts of the last day or week and the account, each for who may read it. */
  @GET
  public Uni<String> show(@QueryParam("range") String code) {
    Range range = Range.of(code);
    Visit visit = visitor.visit();
    Frame frame = visitor.frame("Overview", Section.OVERVIEW);
    return Uni.combine()
        .all()
        .unis(
            visit.may(Scope.EVALUATE) ? counts(range) : Uni.createFrom().nullItem(),
            visit.may(Scope.BILLING_READ) ? bill() : Uni.createFrom().nullItem())
        .with((counts, bill) -> new Overview(range, counts, bill))
        .chain(page -> Templates.overview(frame, page).createUni());
  }

  private Uni<Overview.Counts> counts(Range range) {
    Instant to = clock.instant().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    Instant from = to.minus(range.length());
    return hours
        .between(visitor.tenant(), from, to)
        .map(counted -> counts(range, from, to, counted));
  }

  private Uni<Overview.Bill> bill() {
    return Uni.combine()
        .all()
        .unis(
            Told.by(BillingClient.NAME, billing.account(visitor.bearer())),
            Told.by(BillingClient.NAME, billing.preview(visitor.bearer())))
        .with(
            (account, preview) ->
                new Overview.Bill(
                    account.value(), account.observed(), preview.value(), preview.observed()));
  }

  private static Overview.Counts counts(Range range, Instant from, Instant to, List<Hour> counted) {
    long total = counted.stream().mapToLong(Hour::evaluations).sum();
    return new Overview.Counts(
        Chart.of(counted, from, to, range.step()),
        total,
        Overview.shares(counted, total),
        Overview.ends(counted),
        Overview.quantiles(
            Buckets.DURATION_MICROS, counted, Hour::durations, OverviewResource::micros),
        Overview.quantiles(Buckets.AGE_MS, counted, Hour::ages, ms -> Show.count(ms) + " ms"),
        counted.stream().flatMap(hour -> hour.ages().stream()).mapToLong(Long::longValue).sum());
  }

  private static String micros(long micros) {
    return micros % 1000 == 0 ? Show.count(micros / 1000) + " ms" : micros / 1000.0 + " ms";
  }
}
