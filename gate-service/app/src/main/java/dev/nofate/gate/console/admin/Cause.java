package dev.nofate.gate.console.admin;

import dev.nofate.audit.contract.ChainEvent;
import dev.nofate.gate.contract.Page;
import io.quarkus.qute.TemplateData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A change of the standing, as the log tells it. */
@TemplateData
public record Cause(
    long seq, String at, String from, String to, String cause, String reason, String invoice) {

  private static final int SHOWN = 10;

  public static List<Cause> newest(Page<ChainEvent> events) {
    List<Cause> causes = new ArrayList<>(events.items().stream().map(Cause::of).toList());
    Collections.reverse(causes);
    return causes.stream().limit(SHOWN).toList();
  }

  private static Cause of(ChainEvent event) {
    Map<String, Object> payload = event.payload();
    return new Cause(
        event.seq(),
        event.at(),
        text(payload.get("from")),
        text(payload.get("to")),
        text(payload.get("cause")),
        text(payload.get("reason")),
        text(payload.get("invoice_id")));
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
