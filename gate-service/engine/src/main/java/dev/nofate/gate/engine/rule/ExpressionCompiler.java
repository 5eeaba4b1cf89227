package dev.nofate.gate.engine.rule;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntime.Program;
import dev.cel.runtime.CelRuntimeFactory;
import dev.nofate.gate.engine.fact.FactTypes;
import dev.nofate.gate.engine.rule.ExpressionProblem.Kind;
import dev.nofate.gate.engine.rule.FactVariables.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiles the conditions of one ruleset against its facts. */
final class ExpressionCompiler {

  private final Cel cel;
  private final FactTypes types;
  private final FactVariables variables;
  private final Atoms atoms;
  private final ExpressionLimits limits;

  ExpressionCompiler(
      FactTypes types, FactVariables variables, Atoms atoms, ExpressionLimits limits) {
    this.types = types;
    this.variables = variables;
    this.atoms = atoms;
    this.limits = limits;
    CelOptions options =
        CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .enableQuotedIdentifierSyntax(true)
            .enableHiddenAccumulatorVar(true)
            .maxExpressionCodePointSize(limits.length())
            .maxParseRecursionDepth(limits.depth())
            .comprehensionMaxIterations(limits.loopIterations())
            .build();
    CelCompilerBuilder compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(options)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(DeterministicSubset.declarations())
            .addMacros(DeterministicSubset.macros())
            .setTypeProvider(types)
            .setResultType(SimpleType.BOOL);
    types.variables().forEach(compiler::addVar);
    CelRuntime runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(options)
            .setStandardFunctions(DeterministicSubset.functions())
            .build();
    this.cel = CelFactory.combine(compiler.build(), runtime);
  }

  /** Compiles one condition; the problems are empty exactly when there is a program. */
  Optional<RuleProgram> compile(String expression, List<ExpressionProblem> problems) {
    if (expression.length() > limits.length()) {
      problems.add(limit("more than " + limits.length() + " characters"));
      return Optional.empty();
    }
    try {
      CelValidationResult parsed = cel.parse(expression);
      if (parsed.hasError()) {
        parsed.getErrors().forEach(issue -> problems.add(syntax(issue, expression)));
        return Optional.empty();
      }
      return compile(parsed.getAst(), expression, problems);
    } catch (CelValidationException | CelEvaluationException | RuntimeException e) {
      problems.add(
          new ExpressionProblem(
              Kind.SYNTAX, OptionalInt.empty(), "the expression cannot be planned"));
      return Optional.empty();
    }
  }

  private Optional<RuleProgram> compile(
      CelAbstractSyntaxTree parsed, String expression, List<ExpressionProblem> problems)
      throws CelValidationException, CelEvaluationException {
    if (Expressions.count(parsed.getExpr()) > limits.nodes()) {
      problems.add(limit("more than " + limits.nodes() + " nodes"));
      return Optional.empty();
    }
    List<ExpressionProblem> found = new ArrayList<>();
    notOffered(parsed, parsed.getExpr(), found);
    CelValidationResult checked = cel.check(parsed);
    checked.getErrors().stream()
        .map(issue -> typeProblem(issue, expression))
        .filter(problem -> found.stream().noneMatch(p -> p.column().equals(problem.column())))
        .toList()
        .forEach(found::add);
    problems.addAll(found);
    return found.isEmpty() ? plan(checked.getAst(), problems) : Optional.empty();
  }

  private Optional<RuleProgram> plan(
      CelAbstractSyntaxTree checked, List<ExpressionProblem> problems)
      throws CelEvaluationException {
    long cost = new ExpressionCost(checked.getReferenceMap()).of(checked.getExpr());
    if (cost > limits.cost()) {
      problems.add(
          new ExpressionProblem(
              Kind.COST,
              OptionalInt.empty(),
              "worst-case cost " + cost + ", limit " + limits.cost()));
      return Optional.empty();
    }
    FactRewriter rewriter =
        new FactRewriter(types, variables, checked.getReferenceMap(), checked.getTypeMap());
    CelExpr rewritten = rewriter.rewrite(checked.getExpr());
    Planned planned = new Planned(checked, rewriter);
    return Optional.of(
        new RuleProgram(
            planned.program(rewritten),
            Need.of(rewritten, planned),
            atoms.formula(rewritten, planned),
            rewriter.read(),
            rewriter.asked(),
            cost));
  }

  /** Plans parts of one rewritten expression. */
  private final class Planned implements Atoms.Rule {

    private final CelAbstractSyntaxTree checked;
    private final FactRewriter rewriter;

    Planned(CelAbstractSyntaxTree checked, FactRewriter rewriter) {
      this.checked = checked;
      this.rewriter = rewriter;
    }

    @Override
    public Program program(CelExpr part) throws CelEvaluationException {
      return cel.createProgram(
          CelAbstractSyntaxTree.newCheckedAst(
              part, checked.getSource(), rewriter.references(), rewriter.types()));
    }

    @Override
    public boolean readsFacts(CelExpr part) {
      Set<String> names =
          rewriter.read().stream().map(Variable::name).collect(Collectors.toUnmodifiableSet());
      return !Expressions.mentionsNone(part, names);
    }

    @Override
    public CelType type(CelExpr part) {
      return rewriter.types().getOrDefault(part.id(), SimpleType.DYN);
    }

    @Override
    public Variable variable(String name) {
      Variable variable = variables.named(name);
      return variable == null || variable.presence() ? null : variable;
    }
  }

  private static void notOffered(
      CelAbstractSyntaxTree ast, CelExpr expr, List<ExpressionProblem> problems) {
    boolean struct = expr.exprKind().getKind() == ExprKind.Kind.STRUCT;
    boolean call = expr.exprKind().getKind() == ExprKind.Kind.CALL;
    if (struct || (call && !DeterministicSubset.offersFunction(expr.call().function()))) {
      int position = ast.getSource().getPositionsMap().getOrDefault(expr.id(), -1);
      String observed =
          struct ? "a message is constructed" : "function " + expr.call().function() + " is called";
      problems.add(
          new ExpressionProblem(
              Kind.FUNCTION_NOT_OFFERED,
              position < 0 ? OptionalInt.empty() : OptionalInt.of(position + 1),
              observed));
    }
    Expressions.children(expr).forEach(child -> notOffered(ast, child, problems));
  }

  private ExpressionProblem syntax(CelIssue issue, String expression) {
    Kind kind = issue.getMessage().contains("recursion limit") ? Kind.LIMIT : Kind.SYNTAX;
    return new ExpressionProblem(kind, column(issue, expression), issue.getMessage());
  }

  private static ExpressionProblem typeProblem(CelIssue issue, String expression) {
    String message = issue.getMessage();
    boolean undeclared =
        message.startsWith("undeclared reference") || message.startsWith("undefined field");
    return new ExpressionProblem(
        undeclared ? Kind.UNDECLARED_FACT : Kind.TYPE, column(issue, expression), message);
  }

  private static OptionalInt column(CelIssue issue, String expression) {
    int line = issue.getSourceLocation().getLine();
    int column = issue.getSourceLocation().getColumn();
    if (line < 1 || column < 0) {
      return OptionalInt.empty();
    }
    int offset = 0;
    for (int i = 1; i < line; i++) {
      offset = expression.indexOf('\n', offset) + 1;
    }
    return OptionalInt.of(offset + column + 1);
  }

  private static ExpressionProblem limit(String observed) {
    return new ExpressionProblem(Kind.LIMIT, OptionalInt.empty(), observed);
  }
}
