package dev.nofate.cli.stack;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One part as {@code status} shows it.
 *
 * @param name of the part
 * @param url where it listens, without a password
 * @param pid process id; null when it does not run
 * @param healthy whether it runs and answers
 * @param memoryMib its share of physical memory; null where the system does not tell
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record PartStatus(String name, String url, Long pid, boolean healthy, Long memoryMib) {

  String state() {
    if (healthy) {
      return "healthy";
    }
    return pid == null ? "down" : "not ready";
  }
}
