package dev.nofate.gate.engine.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.nofate.gate.engine.json.CanonicalJson;
import java.util.Base64;

/** One text of the corpus and what becomes of it. */
record CorpusEntry(String name, String bodyBase64, String state, String code) {

  static CorpusEntry of(String name, byte[] body, String code) {
    return new CorpusEntry(name, Base64.getEncoder().encodeToString(body), "INVALID_INPUT", code);
  }

  static CorpusEntry read(JsonNode line) {
    return new CorpusEntry(
        line.get("name").textValue(),
        line.get("body_base64").textValue(),
        line.get("expect_state").textValue(),
        line.get("expect_code").textValue());
  }

  byte[] body() {
    return Base64.getDecoder().decode(bodyBase64);
  }

  String line() {
    return CanonicalJson.write(
            JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("body_base64", bodyBase64)
                .put("expect_state", state)
                .put("expect_code", code))
        .utf8();
  }
}
