package dev.nofate.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedMethodsTest {

  private static final Map<String, Set<String>> TEMPLATES =
      Map.of(
          "/v1/things/", Set.of("GET", "POST"),
          "/v1/things/{id}", Set.of("GET"),
          "/v1/things/{name}/", Set.of("DELETE"),
          "/v1/things//check", Set.of("POST"),
          "/v1/things/{id: [0-9]{1,3}}/parts", Set.of("PUT"),
          "/pages/{nothing: .+}", Set.of("GET"),
          "/pages/leave", Set.of("POST"));

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /v1/things,         GET HEAD POST
          /v1/things/,        GET HEAD POST
          /v1/things/7,       DELETE GET HEAD
          /v1/things/checks,  DELETE GET HEAD
          /v1/things/check,   POST
          /v1/things/7/parts, PUT
          /pages/a/b,         GET HEAD
          /pages/leave,       POST
          """)
  void theMostLiteralTemplateIsTheAddress(String path, String methods) {
    assertThat(ServedMethods.at(TEMPLATES, path)).containsExactly(methods.split(" "));
  }

  @Test
  void whereNothingIsNothingIsServed() {
    for (String path : new String[] {"/", "", "/v1", "/v1/things/7/8", "/v2/things", "/pages"}) {
      assertThat(ServedMethods.at(TEMPLATES, path)).as(path).isEmpty();
    }
  }
}
