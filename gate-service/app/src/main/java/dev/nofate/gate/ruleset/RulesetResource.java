package dev.nofate.gate.ruleset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.engine.EngineLimits;
import dev.nofate.gate.engine.RulesetDiff;
import dev.nofate.gate.engine.RulesetReference;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.gate.paging.PageQuery;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Rulesets of the caller's tenant. */
@Path("/v1/rulesets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Rulesets")
public class RulesetResource {

  private static final int MAX_PAGE = 100;
  private static final int DEFAULT_PAGE = 50;

  private final Publishing publishing;
  private final Drafts drafts;
  private final Serving serving;
  private final RulesetStore store;
  private final EngineLimits limits;
  private final CurrentCaller caller;

  RulesetResource(
      Publishing publishing,
      Drafts drafts,
      Serving serving,
      RulesetStore store,
      EngineLimits limits,
      CurrentCaller caller) {
    this.publishing = publishing;
    this.drafts = drafts;
    this.serving = serving;
    this.store = store;
    this.limits = limits;
    this.caller = caller;
  }

  @POST
  @RolesAllowed(Scope.Names.RULESETS_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Publishes a ruleset version",
      description =
          "The document is compiled, type-checked against its facts and run against its own"
              + " examples. The same document again answers with the version it has.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Object.class),
              examples = @ExampleObject(name = "transfer", value = Examples.RULESET)))
  @APIResponse(responseCode = "201", description = "Published")
  @APIResponse(responseCode = "200", description = "The same document was published before")
  @APIResponse(responseCode = "422", description = "Refused, with every fault")
  @APIResponse(responseCode = "503", description = "UNAVAILABLE, AUDIT_UNAVAILABLE")
  public Uni<RestResponse<PublishedRuleset>> publish(byte[] document) {
    return publishing
        .publish(caller.get(), document == null ? new byte[0] : document)
        .map(
            published ->
                RestResponse.ResponseBuilder.create(
                        published.fresh() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        PublishedRuleset.of(published.row()))
                    .build());
  }

  @POST
  @Path("/check")
  @RolesAllowed(Scope.Names.RULESETS_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "States what publishing a document would say",
      description = "Everything that publishing checks, and nothing is published.")
  @RequestBody(
      required = true,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = Object.class),
              examples = @ExampleObject(name = "transfer", value = Examples.RULESET)))
  @APIResponse(
      responseCode = "200",
      description = "With every fault",
      content = @Content(schema = @Schema(implementation = RulesetCheck.class)))
  @APIResponse(responseCode = "413", description = "PAYLOAD_TOO_LARGE")
  @APIResponse(responseCode = "503", description = "UNAVAILABLE")
  public Uni<RulesetCheck> check(byte[] document) {
    return drafts.check(caller.tenant(), document == null ? new byte[0] : document);
  }

  @GET
  @RolesAllowed({Scope.Names.EVALUATE, Scope.Names.RULESETS_WRITE})
  @Operation(summary = "Lists published versions in order of name and version")
  public Uni<Page<PublishedRuleset>> list(
      @QueryParam("name") Optional<String> name,
      @QueryParam("after") Optional<String> after,
      @QueryParam("limit")
          @Parameter(
              description = "1 to 100",
              schema = @Schema(type = SchemaType.INTEGER, format = "int32", defaultValue = "50"))
          String limit) {
    int size = PageQuery.number(limit, "limit", DEFAULT_PAGE, 1, MAX_PAGE);
    if (name.filter(text -> !RulesetReference.NAME.matcher(text).matches()).isPresent()) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "name is not a ruleset's name");
    }
    RulesetReference.Version behind = after.map(RulesetResource::cursor).orElse(null);
    return store
        .list(
            caller.tenant(),
            name,
            behind == null ? "" : behind.name(),
            behind == null ? 0 : behind.version(),
            size + 1)
        .map(rows -> PublishedRuleset.page(rows, size));
  }

  @GET
  @Path("/{reference}")
  @RolesAllowed({Scope.Names.EVALUATE, Scope.Names.RULESETS_WRITE})
  @Operation(
      summary = "Shows a version with its document",
      description =
          "The reference is name, name@version or name@sha256:digest. A name alone shows the"
              + " version that is served.")
  public Uni<PublishedRuleset> show(@PathParam("reference") String reference) {
    return RulesetReference.parse(reference)
        .map(named -> store.find(caller.tenant(), named))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .chain(
            row ->
                store
                    .document(caller.tenant(), row.name(), row.version())
                    .map(document -> PublishedRuleset.of(row).withDocument(document)));
  }

  @PUT
  @Path("/{name}/served")
  @RolesAllowed(Scope.Names.RULESETS_WRITE)
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Chooses the version that decides requests which pin none",
      description =
          "Without a choice that is the newest. A choice counts until another version is"
              + " published. Versions, pinned requests and replays stay as they are. The change is"
              + " recorded before it takes effect; what is served already is not recorded again.")
  @APIResponse(responseCode = "200", description = "What is served")
  @APIResponse(responseCode = "400", description = "BAD_REQUEST")
  @APIResponse(responseCode = "404", description = "NOT_FOUND")
  @APIResponse(responseCode = "503", description = "AUDIT_UNAVAILABLE")
  public Uni<PublishedRuleset> serve(@PathParam("name") String name, ServedVersion wish) {
    if (wish == null || wish.version() == null || wish.version() < 1) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "version is not a positive number");
    }
    return serving.serve(caller.get(), name, wish.version()).map(PublishedRuleset::of);
  }

  @GET
  @Path("/{name}/diff")
  @RolesAllowed({Scope.Names.EVALUATE, Scope.Names.RULESETS_WRITE})
  @Operation(
      summary = "States what differs between two versions",
      description = "Rules are compared by id, whatever their order.")
  @APIResponse(
      responseCode = "200",
      description = "Rules added, removed and changed, and members beside them",
      content =
          @Content(
              schema = @Schema(implementation = Object.class),
              examples =
                  @ExampleObject(
                      name = "a citation",
                      value =
                          """
                          {"from":1,"to":2,"rules":{"added":[],"removed":[],"changed":[
                            {"id":"within-limit","members":[
                              {"pointer":"/cite","before":"TP 4.1","after":"TP 5"}]}],
                            "reordered":false},"members":[]}""")))
  @APIResponse(responseCode = "400", description = "BAD_REQUEST")
  @APIResponse(responseCode = "404", description = "NOT_FOUND")
  public Uni<JsonNode> diff(
      @PathParam("name") String name,
      @QueryParam("from")
          @Parameter(required = true, schema = @Schema(type = SchemaType.INTEGER, format = "int32"))
          String from,
      @QueryParam("to")
          @Parameter(required = true, schema = @Schema(type = SchemaType.INTEGER, format = "int32"))
          String to) {
    int first = version(from, "from");
    int second = version(to, "to");
    return Uni.combine()
        .all()
        .unis(served(name, first), served(name, second))
        .asTuple()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .map(
            both ->
                JsonNodeFactory.instance
                    .objectNode()
                    .put("from", first)
                    .put("to", second)
                    .setAll(
                        RulesetDiff.between(
                                both.getItem1(), both.getItem2(), limits.ruleset().document())
                            .toJson()));
  }

  private Uni<Octets> served(String name, int version) {
    return store
        .find(caller.tenant(), new RulesetReference.Version(name, version))
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .chain(row -> store.document(caller.tenant(), row.name(), row.version()))
        .map(document -> Octets.of(document.getBytes(StandardCharsets.UTF_8)));
  }

  /** Absent is no version: nothing is assumed. */
  private static int version(String text, String name) {
    return PageQuery.number(text == null ? "" : text, name, 0, 1, Integer.MAX_VALUE);
  }

  private static RulesetReference.Version cursor(String after) {
    if (RulesetReference.parse(after).orElse(null) instanceof RulesetReference.Version version) {
      return version;
    }
    throw new ProblemException(ErrorCode.BAD_REQUEST, "after is not a cursor of this list");
  }
}
