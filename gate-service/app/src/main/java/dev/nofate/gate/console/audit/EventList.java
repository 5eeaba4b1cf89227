package dev.nofate.gate.console.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page of events.
 *
 * @param events as listed
 * @param newestFirst whether they are listed from the end of the chain
 * @param type the type asked for; empty for all
 * @param subject the subject asked for; empty for all
 * @param older where older events start; null at the chain's start
 * @param further where the list goes on in order of seq; null at its end
 * @param types what can be asked for
 */
public record EventList(
    List<EventView> events,
    boolean newestFirst,
    String type,
    String subject,
    Long older,
    String further,
    List<String> types) {

  /** The same list behind a place. */
  public String behind() {
    return "after="
        + further
        + "&type="
        + URLEncoder.encode(type, StandardCharsets.UTF_8)
        + "&subject="
        + URLEncoder.encode(subject, StandardCharsets.UTF_8);
  }
}
