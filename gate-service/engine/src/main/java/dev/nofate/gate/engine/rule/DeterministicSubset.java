package dev.nofate.gate.engine.rule;

import com.google.common.collect.ImmutableSet;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.Operator;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExpander;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelStandardFunctions;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The part of CEL that rules may use. Left out: bytes and unsigned integers (JSON has neither),
 * time zones by name (their rules change with the JDK's tables), the text of a double (it changed
 * with JDK 19), types as values, and everything beyond the standard library. There is no clock and
 * no random source in CEL to leave out.
 */
public final class DeterministicSubset {

  /** Functions an expression may call by name. */
  public static final ImmutableSet<String> FUNCTIONS =
      ImmutableSet.of(
          "size",
          "contains",
          "startsWith",
          "endsWith",
          "matches",
          "int",
          "double",
          "string",
          "bool",
          "dyn",
          "duration",
          "timestamp",
          "getFullYear",
          "getMonth",
          "getDayOfYear",
          "getDayOfMonth",
          "getDate",
          "getDayOfWeek",
          "getHours",
          "getMinutes",
          "getSeconds",
          "getMilliseconds");

  /** Overloads of functions and operators, named by their CEL overload ids. */
  private static final ImmutableSet<String> OVERLOADS =
      ImmutableSet.<String>builder()
          .add("conditional", "logical_not", "logical_or", "logical_and", "not_strictly_false")
          .add("equals", "not_equals", "in_list", "in_map", "index_list", "index_map")
          .add("add_int64", "add_double", "add_string", "add_list")
          .add("add_timestamp_duration", "add_duration_timestamp", "add_duration_duration")
          .add("subtract_int64", "subtract_double", "subtract_timestamp_timestamp")
          .add("subtract_timestamp_duration", "subtract_duration_duration")
          .add("multiply_int64", "multiply_double", "divide_int64", "divide_double")
          .add("modulo_int64", "negate_int64", "negate_double")
          .add("size_string", "size_list", "size_map", "string_size", "list_size", "map_size")
          .add("matches", "matches_string", "contains_string", "ends_with_string")
          .add("starts_with_string", "bool_to_bool", "string_to_bool", "to_dyn")
          .add("int64_to_int64", "double_to_int64", "string_to_int64", "timestamp_to_int64")
          .add("double_to_double", "int64_to_double", "string_to_double")
          .add("string_to_string", "int64_to_string", "bool_to_string", "timestamp_to_string")
          .add("duration_to_duration", "string_to_duration", "string_to_timestamp")
          .add("timestamp_to_timestamp", "int64_to_timestamp")
          .add("timestamp_to_year", "timestamp_to_month", "timestamp_to_day_of_year")
          .add("timestamp_to_day_of_month", "timestamp_to_day_of_month_1_based")
          .add("timestamp_to_day_of_week", "timestamp_to_hours", "timestamp_to_minutes")
          .add("timestamp_to_seconds", "timestamp_to_milliseconds", "duration_to_hours")
          .add("duration_to_minutes", "duration_to_seconds", "duration_to_milliseconds")
          .add("less_bool", "less_int64", "less_double", "less_string", "less_timestamp")
          .add("less_duration", "less_int64_double", "less_double_int64")
          .add("less_equals_bool", "less_equals_int64", "less_equals_double")
          .add("less_equals_string", "less_equals_timestamp", "less_equals_duration")
          .add("less_equals_int64_double", "less_equals_double_int64")
          .add("greater_bool", "greater_int64", "greater_double", "greater_string")
          .add("greater_timestamp", "greater_duration", "greater_int64_double")
          .add("greater_double_int64", "greater_equals_bool", "greater_equals_int64")
          .add("greater_equals_double", "greater_equals_string", "greater_equals_timestamp")
          .add("greater_equals_duration", "greater_equals_int64_double")
          .add("greater_equals_double_int64")
          .build();

  private DeterministicSubset() {}

  /** Whether an expression may call this function; operators are judged by their overloads. */
  static boolean offersFunction(String function) {
    return FUNCTIONS.contains(function) || OPERATORS.contains(function);
  }

  /**
   * The standard macros, made anew. CEL files a macro under a key that it formats in the default
   * locale; the shared constants would not be found again once that locale has changed its digits.
   */
  static List<CelMacro> macros() {
    return List.of(
        CelMacro.newGlobalMacro("has", 1, expander(CelStandardMacro.HAS)),
        CelMacro.newReceiverMacro("all", 2, expander(CelStandardMacro.ALL)),
        CelMacro.newReceiverMacro("exists", 2, expander(CelStandardMacro.EXISTS)),
        CelMacro.newReceiverMacro("exists_one", 2, expander(CelStandardMacro.EXISTS_ONE)),
        CelMacro.newReceiverMacro("map", 2, expander(CelStandardMacro.MAP)),
        CelMacro.newReceiverMacro("map", 3, expander(CelStandardMacro.MAP_FILTER)),
        CelMacro.newReceiverMacro("filter", 2, expander(CelStandardMacro.FILTER)));
  }

  private static CelMacroExpander expander(CelStandardMacro macro) {
    return macro.getDefinition().getExpander();
  }

  static CelStandardDeclarations declarations() {
    return CelStandardDeclarations.newBuilder()
        .filterFunctions(
            (function, overload) -> OVERLOADS.contains(overload.celOverloadDecl().overloadId()))
        .build();
  }

  /** The runtime names its overloads by constants that are their ids in upper case. */
  static CelStandardFunctions functions() {
    return CelStandardFunctions.newBuilder()
        .filterFunctions(
            (function, overload) ->
                OVERLOADS.contains(((Enum<?>) overload).name().toLowerCase(Locale.ROOT)))
        .build();
  }

  private static final Set<String> OPERATORS = operators();

  private static Set<String> operators() {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    for (Operator operator : Operator.values()) {
      names.add(operator.getFunction());
    }
    return names.build();
  }
}
