package dev.nofate.gate.console.evaluation;

import dev.nofate.gate.console.page.Frame;
import dev.nofate.gate.console.page.Section;
import dev.nofate.gate.console.page.Visitor;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Gate;
import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.evaluate.EvaluationRecord;
import dev.nofate.gate.evaluate.EvaluationRecords;
import dev.nofate.gate.evaluate.EvaluationResource;
import dev.nofate.gate.evaluate.EvaluationSummary;
import dev.nofate.gate.evaluate.ReplayAnswer;
import dev.nofate.gate.receipt.ReceiptResource;
import dev.nofate.gate.ruleset.PublishedRuleset;
import dev.nofate.gate.ruleset.RulesetResource;
import dev.nofate.kit.problem.ProblemException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;

/** Evaluations: the list, each one's walk through the gates, its receipt, its replay. */
@Path("/console/evaluations")
@RolesAllowed(Scope.Names.EVALUATE)
@Produces(MediaType.TEXT_HTML)
public class EvaluationPageResource {

  @CheckedTemplate(basePath = "console")
  static class Templates {
    static native TemplateInstance evaluations(
        Frame frame, Page<EvaluationSummary> page, Wanted wanted, Choices choices);

    static native TemplateInstance evaluations$rows(Page<EvaluationSummary> page);

    static native TemplateInstance evaluation(Frame frame, EvaluationDetail page);

    static native TemplateInstance replay(Frame frame, ReplayAnswer page);
  }

  /** What a filter can be set to. */
  public record Choices(List<String> states, List<String> gates, List<String> codes) {
    static final Choices ALL =
        new Choices(
            Arrays.stream(State.values()).map(Enum::name).toList(),
            Arrays.stream(Gate.values()).map(Gate::wireName).toList(),
            Arrays.stream(ReasonCode.values()).map(Enum::name).toList());
  }

  private final EvaluationResource evaluations;
  private final EvaluationRecords records;
  private final RulesetResource rulesets;
  private final ReceiptResource receipts;
  private final DetailReader reader;
  private final Visitor visitor;

  EvaluationPageResource(
      EvaluationResource evaluations,
      EvaluationRecords records,
      RulesetResource rulesets,
      ReceiptResource receipts,
      DetailReader reader,
      Visitor visitor) {
    this.evaluations = evaluations;
    this.records = records;
    this.rulesets = rulesets;
    this.receipts = receipts;
    this.reader = reader;
    this.visitor = visitor;
  }

  /** Newest first; the rows alone for the script that reads them again. */
  @GET
  public Uni<String> list(@BeanParam Wanted wanted, @HeaderParam("HX-Request") String byScript) {
    Frame frame = visitor.frame("Evaluations", Section.EVALUATIONS);
    return evaluations
        .list(wanted.filter())
        .chain(
            page ->
                byScript == null
                    ? Templates.evaluations(frame, page, wanted, Choices.ALL).createUni()
                    : Templates.evaluations$rows(page).createUni());
  }

  @GET
  @Path("/{id}")
  public Uni<String> show(@PathParam("id") String id) {
    Frame frame = visitor.frame("Evaluation", Section.EVALUATIONS);
    return records
        .find(visitor.tenant(), uuid(id))
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .chain(record -> document(record).map(document -> reader.read(record, document)))
        .chain(detail -> Templates.evaluation(frame, detail).createUni());
  }

  @GET
  @Path("/{id}/receipt")
  @Produces(MediaType.TEXT_PLAIN)
  public Uni<RestResponse<String>> receipt(@PathParam("id") String id) {
    visitor.visit();
    return receipts
        .receipt(id)
        .map(
            text ->
                RestResponse.ResponseBuilder.ok(text, "text/plain;charset=UTF-8")
                    .header(
                        "Content-Disposition",
                        "attachment; filename=\"receipt-" + uuid(id) + ".txt\"")
                    .build());
  }

  /** Derives it again; nothing is written. */
  @POST
  @Path("/{id}/replay")
  public Uni<String> replay(@PathParam("id") String id, @RestForm String csrf) {
    visitor.asks(csrf);
    Frame frame = visitor.frame("Replay", Section.EVALUATIONS);
    return evaluations.replay(id).chain(replayed -> Templates.replay(frame, replayed).createUni());
  }

  private Uni<Optional<String>> document(EvaluationRecord record) {
    String ruleset = record.summary().ruleset();
    return ruleset == null
        ? Uni.createFrom().item(Optional.empty())
        : rulesets.show(ruleset).map(PublishedRuleset::document).map(Optional::of);
  }

  private static UUID uuid(String text) {
    try {
      return TenantId.lenient(text).value();
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound();
    }
  }
}
