package dev.nofate.gate.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nofate.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ \"a\" : [1, 2 ] }",
        "{\"a\":1,\"a\":2}",
        "\"\\ud800 \\u00e4 ä€\"",
        "-12.50e+3",
        "null",
        "true",
        "[[[[\"}]\"]]]]",
        "\"\""
      })
  void anItemsRequestIsCutOutAsItStands(String request) {
    for (String layout :
        List.of(
            "{\"items\":[{\"idempotency_key\":\"k\",\"request\":%s}]}",
            " {\n\"items\" : [ {\"request\" : %s , \"idempotency_key\":\"k\" } ] } ")) {
      assertThat(read(layout.formatted(request)))
          .containsExactly(new BatchItem("k", request.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void depthIsForTheEngineToJudge() {
    String deep = "[".repeat(5_000) + "]".repeat(5_000);
    assertThat(read("{\"items\":[{\"idempotency_key\":\"k\",\"request\":" + deep + "}]}"))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"items\":[]}",
        "{\"items\":{}}",
        "{\"items\":[1]}",
        "{\"items\":[{}]}",
        "{\"items\":[{\"idempotency_key\":\"k\"}]}",
        "{\"items\":[{\"request\":{}}]}",
        "{\"items\":[{\"idempotency_key\":1,\"request\":{}}]}",
        "{\"items\":[{\"idempotency_key\":\"k\",\"request\":{},\"x\":1}]}",
        "{\"items\":[{\"idempotency_key\":\"k\",\"request\":{},\"request\":{}}]}",
        "{\"items\":[{\"idempotency_key\":\"k\",\"idempotency_key\":\"k\",\"request\":{}}]}",
        "{\"items\":[{\"idempotency_key\":\"k\",\"request\":{\"a\":}}]}",
        "{\"items\":[{\"idempotency_key\":\"k\",\"request\":{}}],\"x\":1}",
        "{\"items\":[{\"idempotency_key\":\"k\",\"request\":{}}]} {}",
        "\ufeff{\"items\":[{\"idempotency_key\":\"k\",\"request\":{}}]}"
      })
  void anotherFrameIsRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(ProblemException.class);
  }

  @Test
  void anotherEncodingIsRefused() {
    byte[] body =
        "{\"items\":[{\"idempotency_key\":\"k\",\"request\":{}}]}"
            .getBytes(StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> BatchReader.read(body, 100)).isInstanceOf(ProblemException.class);
  }

  @Test
  void theLimitOfItemsIsTheLastOneTaken() {
    assertThat(read(items(100))).hasSize(100);
    assertThatThrownBy(() -> read(items(101))).isInstanceOf(ProblemException.class);
  }

  private static String items(int count) {
    return "{\"items\":["
        + "{\"idempotency_key\":\"k\",\"request\":{}},".repeat(count - 1)
        + "{\"idempotency_key\":\"k\",\"request\":{}}]}";
  }

  private static List<BatchItem> read(String body) {
    return BatchReader.read(body.getBytes(StandardCharsets.UTF_8), 100);
  }
}
