package dev.nofate.gate.console.page;

import dev.nofate.gate.engine.State;
import io.quarkus.qute.TemplateExtension;

/** The four states as they are drawn: each with a name, a sign and a colour of its own. */
@TemplateExtension(namespace = "state")
public final class StateView {

  private StateView() {}

  /** In words. */
  static String label(String state) {
    return switch (State.valueOf(state)) {
      case DETERMINISTIC_COMPLIANCE -> "Compliance";
      case DETERMINISTIC_VIOLATION -> "Violation";
      case NO_DETERMINISTIC_OUTCOME -> "No outcome";
      case INVALID_INPUT -> "Invalid input";
    };
  }

  /** The style's name for it. */
  static String css(String state) {
    return switch (State.valueOf(state)) {
      case DETERMINISTIC_COMPLIANCE -> "compliance";
      case DETERMINISTIC_VIOLATION -> "violation";
      case NO_DETERMINISTIC_OUTCOME -> "no-outcome";
      case INVALID_INPUT -> "invalid";
    };
  }

  /** The sign's path in a field of 16 by 16: told apart by shape, not by colour. */
  static String path(String state) {
    return switch (State.valueOf(state)) {
      case DETERMINISTIC_COMPLIANCE -> "M3 8.5 L6.5 12 L13 4.5";
      case DETERMINISTIC_VIOLATION -> "M4 4 L12 12 M12 4 L4 12";
      case NO_DETERMINISTIC_OUTCOME -> "M8 3 A5 5 0 1 0 8 13 A5 5 0 1 0 8 3 M4.5 11.5 L11.5 4.5";
      case INVALID_INPUT -> "M3.5 3.5 H12.5 V12.5 H3.5 Z M6 8 H10";
    };
  }
}
