package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.gate.engine.json.CanonicalWriter;

/**
 * Which ruleset decided.
 *
 * @param name the ruleset's name
 * @param version counts from 1 within the name
 * @param digest {@code sha256:} of the RFC 8785 form of the document
 */
public record RulesetIdentity(String name, int version, String digest) {

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", name);
    json.put("version", version);
    json.put("digest", digest);
    return json;
  }

  /** The RFC 8785 form of {@link #toJson}. */
  void write(CanonicalWriter out) {
    out.beginObject().name("digest").text(digest).name("name").text(name);
    out.name("version").whole(version).endObject();
  }
}
