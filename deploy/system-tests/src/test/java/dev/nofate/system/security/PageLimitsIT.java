package dev.nofate.system.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import dev.nofate.system.suite.Tenant;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The longest page of every list, as its description states it, and one more. */
@SuiteTest
class PageLimitsIT {

  private static final Pattern IN_WORDS = Pattern.compile("1 to ([0-9]+)");

  @Test
  void everyListTakesItsLongestPageAndRefusesOneMore(Suite suite) {
    Tenant tenant = suite.tenant();
    List<Endpoint> lists =
        Endpoint.all(suite).stream()
            .filter(e -> e.method().equals("GET"))
            .filter(e -> e.parameters("query").stream().anyMatch(p -> p.name().equals("limit")))
            .toList();
    assertThat(lists).hasSizeGreaterThan(8);
    for (Endpoint list : lists) {
      int longest = longest(list);
      boolean operators = Coverage.KINDS.get(list.id()) == Coverage.Kind.OPERATOR;
      for (int fitting : List.of(1, longest)) {
        assertThat(status(suite, tenant, operators, list, fitting))
            .as("%s with limit=%d", list.id(), fitting)
            .isEqualTo(200);
      }
      for (int refused : List.of(-1, 0, longest + 1)) {
        assertThat(status(suite, tenant, operators, list, refused))
            .as("%s with limit=%d", list.id(), refused)
            .isEqualTo(400);
      }
    }
  }

  /** What the description states as the greatest, in its schema or in words. */
  private static int longest(Endpoint list) {
    return StreamSupport.stream(list.description().get("parameters").spliterator(), false)
        .filter(parameter -> parameter.get("name").textValue().equals("limit"))
        .map(PageLimitsIT::maximum)
        .findFirst()
        .orElseThrow(() -> new AssertionError(list.id() + " does not state its longest page"));
  }

  private static int maximum(JsonNode parameter) {
    Matcher words = IN_WORDS.matcher(parameter.path("description").asText());
    return words.find()
        ? Integer.parseInt(words.group(1))
        : parameter.at("/schema/maximum").intValue();
  }

  private static int status(
      Suite suite, Tenant tenant, boolean operators, Endpoint list, int limit) {
    RequestSpecification request = operators ? suite.operator() : tenant.request();
    if (list.parameters("query").stream().anyMatch(p -> p.name().equals("period"))) {
      request.queryParam("period", "2026-11");
    }
    return request.queryParam("limit", limit).get(list.path()).statusCode();
  }
}
