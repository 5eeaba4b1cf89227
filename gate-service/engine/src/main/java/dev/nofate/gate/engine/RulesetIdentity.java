package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
}
