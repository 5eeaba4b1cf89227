package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A complete rendering of a structured outcome.
 *
 * @param target name of the rendering
 * @param mediaType as the ruleset states it
 * @param content the text
 * @param digest {@code sha256:} of the content's UTF-8 form
 */
public record Rendering(String target, String mediaType, String content, String digest) {

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("target", target);
    json.put("media_type", mediaType);
    json.put("content", content);
    json.put("digest", digest);
    return json;
  }

  /** Tells no content, so that none slips into a log line. */
  @Override
  public String toString() {
    return "Rendering[" + target + ", " + digest + "]";
  }
}
