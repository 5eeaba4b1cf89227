package dev.nofate.gate.engine.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Request bodies around one part that matters. A body that gets through intake ends at its
 * timestamp, whenever and wherever it is posted.
 */
final class CorpusBodies {

  static final String VALID =
      "{\"ruleset\":\"corpus.edges\",\"proposal\":{\"a\":[1,true,null,\"x\"]},"
          + "\"evaluated_at\":\"never\"}";

  private CorpusBodies() {}

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] proposal(String json) {
    return utf8(proposalText(json));
  }

  static byte[] context(String json) {
    return utf8(
        "{\"ruleset\":\"corpus.edges\",\"proposal\":1,\"evaluated_at\":\"never\",\"context\":"
            + json
            + "}");
  }

  /** A body whose proposal is a string with raw octets in it. */
  static byte[] octets(byte... octets) {
    String[] around = proposalText("\"a|b\"").split("\\|", -1);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(utf8(around[0]));
    body.writeBytes(octets);
    body.writeBytes(utf8(around[1]));
    return body.toByteArray();
  }

  /** The valid body with members put, replaced or (null) left out. */
  static byte[] members(String... namesAndJson) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("ruleset", "\"corpus.edges\"");
    members.put("proposal", "1");
    members.put("evaluated_at", "\"never\"");
    for (int i = 0; i < namesAndJson.length; i += 2) {
      if (namesAndJson[i + 1] == null) {
        members.remove(namesAndJson[i]);
      } else {
        members.put(namesAndJson[i], namesAndJson[i + 1]);
      }
    }
    StringBuilder body = new StringBuilder("{");
    members.forEach(
        (name, json) ->
            body.append(body.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(json));
    return utf8(body.append('}').toString());
  }

  private static String proposalText(String json) {
    return "{\"ruleset\":\"corpus.edges\",\"evaluated_at\":\"never\",\"proposal\":" + json + "}";
  }
}
