package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.json.CanonicalWriter;
import java.util.List;

/**
 * What one render target came to. Names only, never content or its digest.
 *
 * @param rendering name of the rendering
 * @param complete whether every value its template reached is there
 * @param missing names of the values that are not, sorted
 * @param overLimit whether it grew beyond a limit; it is incomplete then
 */
public record RenderingTrace(
    String rendering, boolean complete, List<String> missing, boolean overLimit) {

  public RenderingTrace {
    missing = List.copyOf(missing);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rendering", rendering);
    json.put("complete", complete);
    missing.forEach(json.putArray("missing")::add);
    if (overLimit) {
      json.put("over_limit", true);
    }
    return json;
  }

  /** The RFC 8785 form of {@link #toJson}. */
  void write(CanonicalWriter out) {
    out.beginObject().name("complete").bool(complete).name("missing").texts(missing);
    if (overLimit) {
      out.name("over_limit").bool(true);
    }
    out.name("rendering").text(rendering).endObject();
  }
}
