package dev.nofate.audit.checkpoint;

import dev.nofate.audit.chain.tree.Frontier;
import dev.nofate.audit.event.ChainReader;
import dev.nofate.audit.tree.TreeReader;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import dev.nofate.gate.contract.Scope;
import dev.nofate.kit.identity.CurrentCaller;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the log signed about the caller's chain, and what shows that it holds. */
@Path("/v1/audit")
@RolesAllowed(Scope.Names.AUDIT_READ)
@Tag(name = "Audit log")
public class ProofResource {

  private static final String TEXT = "text/plain;charset=UTF-8";

  private final Checkpoints checkpoints;
  private final TreeReader trees;
  private final ChainReader chains;
  private final CurrentCaller caller;

  ProofResource(
      Checkpoints checkpoints, TreeReader trees, ChainReader chains, CurrentCaller caller) {
    this.checkpoints = checkpoints;
    this.trees = trees;
    this.chains = chains;
    this.caller = caller;
  }

  @GET
  @Path("/checkpoint")
  @Produces(TEXT)
  @Operation(
      summary = "The size and root of the caller's chain, signed",
      description =
          "A checkpoint (c2sp.org/tlog-checkpoint) of this moment; every one is kept for good.")
  @APIResponse(
      responseCode = "200",
      description = "The signed note",
      content =
          @Content(
              mediaType = MediaType.TEXT_PLAIN,
              schema = @Schema(implementation = String.class),
              examples = @ExampleObject(name = "checkpoint", value = ProofExamples.CHECKPOINT)))
  @APIResponse(
      responseCode = "503",
      description = "The log has no key, or the chain is not what was signed before",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  @APIResponse(
      responseCode = "429",
      description = "The chain was signed on demand as often as it is within a minute",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Uni<String> checkpoint() {
    return checkpoints.onDemand(tenant()).map(signed -> signed.note().toString());
  }

  @GET
  @Path("/proof/inclusion")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Shows that a signed checkpoint covers an event",
      description = "The leaf is SHA-256(0x00, the event's hash); RFC 6962, section 2.1.1.")
  @APIResponse(
      responseCode = "200",
      description = "The path from the leaf to the root, and the checkpoint",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = InclusionAnswer.class),
              examples = @ExampleObject(name = "two events", value = ProofExamples.INCLUSION)))
  @APIResponse(
      responseCode = "429",
      description = "The chain was signed on demand as often as it is within a minute",
      content =
          @Content(
              mediaType = Problem.MEDIA_TYPE,
              schema = @Schema(implementation = Problem.class)))
  public Uni<InclusionAnswer> inclusion(@QueryParam("seq") String seq) {
    long place = number("seq", seq, 1);
    UUID tenant = tenant();
    return checkpoints
        .coveringOnDemand(tenant, place)
        .chain(
            signed ->
                trees
                    .inclusion(tenant, place - 1, signed.checkpoint().size())
                    .map(proof -> InclusionAnswer.of(proof, signed.note().toString())));
  }

  @GET
  @Path("/proof/consistency")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Shows that a chain's first events are still what they were",
      description = "Between the trees of two sizes of the chain; RFC 6962, section 2.1.2.")
  @APIResponse(
      responseCode = "200",
      description = "The hashes that lead from one root to the other",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = ConsistencyAnswer.class),
              examples = @ExampleObject(name = "one to two", value = ProofExamples.CONSISTENCY)))
  public Uni<ConsistencyAnswer> consistency(
      @QueryParam("from") String from, @QueryParam("to") String to) {
    long first = number("from", from, 0);
    long second = number("to", to, first);
    UUID tenant = tenant();
    return chains
        .head(tenant)
        .invoke(
            head -> {
              if (second > head.seq()) {
                throw ProblemException.notFound();
              }
            })
        .chain(() -> trees.consistency(tenant, first, second))
        .map(ConsistencyAnswer::of);
  }

  private UUID tenant() {
    return caller.tenant().value();
  }

  private static long number(String name, String text, long least) {
    if (text != null && text.matches("[0-9]{1,16}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= Frontier.MAX_SIZE) {
        return number;
      }
    }
    throw new ProblemException(
        ErrorCode.BAD_REQUEST, "The parameter " + name + " was not understood");
  }
}
