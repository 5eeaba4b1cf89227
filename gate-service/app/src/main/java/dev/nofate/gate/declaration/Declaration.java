package dev.nofate.gate.declaration;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nofate.gate.contract.Page;
import dev.nofate.gate.engine.ReasonCode;
import dev.nofate.gate.engine.State;
import dev.nofate.gate.ruleset.PublishedRuleset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the system claims, takes and gives (NFCS v1.0.0, section 4).
 *
 * @param conformance the specification's version and level (NFCS-VR)
 * @param system what answers
 * @param scope what is decided and what is not (NFCS-DO-001)
 * @param input what a decision is made from (NFCS-IO-001)
 * @param output every form an answer can have (NFCS-IO-002)
 * @param limits the engine's bounds
 * @param rulesets the caller's own in order of name and version, as far as one page goes; absent
 *     without a key that may read them
 */
@Schema(name = "Declaration")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Declaration(
    Conformance conformance,
    Program system,
    DeclaredScope scope,
    Input input,
    Output output,
    Limits limits,
    Page<PublishedRuleset> rulesets) {

  /**
   * The claim.
   *
   * @param specification name of the specification
   * @param version its version
   * @param level A (boundary) or B (boundary and audit)
   */
  @Schema(name = "Conformance")
  public record Conformance(String specification, String version, String level) {}

  /**
   * The program.
   *
   * @param name product and version, as the log records them
   */
  @Schema(name = "Program")
  public record Program(String name) {}

  /**
   * The scope declaration.
   *
   * @param version counts up with every change of the texts
   * @param within what is decided
   * @param outside what is not
   */
  @Schema(name = "DeclaredScope")
  public record DeclaredScope(int version, String within, String outside) {}

  /**
   * The input declaration.
   *
   * @param forward members of a forward evaluation
   * @param backward members of a backward evaluation
   * @param facts where the types of facts are declared
   * @param recorded what the service adds, recorded with the answer
   */
  @Schema(name = "InputDeclaration")
  public record Input(
      List<Member> forward, List<Member> backward, String facts, List<String> recorded) {}

  /** A member of a request. */
  @Schema(name = "DeclaredMember")
  public record Member(String name, boolean required) {}

  /**
   * The output declaration.
   *
   * @param members of every answer
   * @param states all there are
   * @param gates in the order they run
   * @param reasons all codes a decision can carry
   */
  @Schema(name = "OutputDeclaration")
  public record Output(
      List<String> members,
      List<DeclaredState> states,
      List<String> gates,
      List<DeclaredReason> reasons) {}

  /** A terminal state and what it says. */
  @Schema(name = "DeclaredState")
  public record DeclaredState(State state, String meaning) {}

  /** A reason code, where it arises and what it says. */
  @Schema(name = "DeclaredReason")
  public record DeclaredReason(ReasonCode code, String gate, State state, String meaning) {}

  /**
   * Bounds of the engine; beyond them a request is {@code PAYLOAD_TOO_LARGE} and a ruleset refused.
   */
  @Schema(name = "DeclaredLimits")
  public record Limits(
      int requestBytes,
      int nesting,
      int members,
      int grants,
      int grantCharacters,
      int delegations,
      int rules,
      int overrides,
      int expressionCharacters,
      long expressionCost,
      int examples,
      int renderings) {}
}
