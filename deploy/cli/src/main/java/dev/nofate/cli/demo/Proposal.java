package dev.nofate.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of {@code proposals.jsonl}: what is sent and what is expected.
 *
 * @param name what it is about
 * @param raw the request's text as it stands; null when it is made from the other members
 * @param request the request without its times and grants
 * @param times members to add, named here with {@code _ms} behind, in milliseconds from now
 * @param grants grants to sign for the request; null for none, and no member {@code authority}
 * @param expect what is expected
 */
record Proposal(
    String name,
    String raw,
    ObjectNode request,
    ObjectNode times,
    List<Grant> grants,
    Expected expect) {

  private static final String FILE = "/demo/proposals.jsonl";

  /**
   * A grant to be signed when the tenant is known.
   *
   * @param signer {@code officer}, whose key the ruleset lists, or {@code stranger}
   * @param expiresInS seconds from now
   * @param bound whether it names this proposal
   */
  record Grant(String signer, long expiresInS, boolean bound) {}

  /**
   * What is expected of an answer.
   *
   * @param state the terminal state
   * @param reason the reason's code; null for a compliance, which has none
   * @param missing the facts named as missing; null when none are
   */
  record Expected(String state, String reason, List<String> missing) {

    /** Whether an answer is the expected one. */
    boolean isMetBy(JsonNode answer) {
      JsonNode given = answer.path("reason");
      List<String> named = new ArrayList<>();
      given.path("missing").forEach(fact -> named.add(fact.asText()));
      return state.equals(answer.path("state").asText())
          && (reason == null ? !given.isObject() : reason.equals(given.path("code").asText()))
          && (missing == null
              || missing.stream().sorted().toList().equals(named.stream().sorted().toList()));
    }

    @Override
    public String toString() {
      return state + (reason == null ? "" : " " + reason) + (missing == null ? "" : " " + missing);
    }
  }

  /** The shipped proposals, in order. */
  static List<Proposal> shipped() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Proposal.class.getResourceAsStream(FILE), StandardCharsets.UTF_8))) {
      List<Proposal> proposals = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        proposals.add(Json.MAPPER.readValue(line, Proposal.class));
      }
      return proposals;
    } catch (IOException e) {
      throw new CommandFailure("the shipped proposals are not readable: " + e.getMessage(), e);
    }
  }

  /** The request body at this time; {@code signing} makes the grants. */
  String body(Instant now, GrantDesk signing) {
    if (raw != null) {
      return raw;
    }
    ObjectNode body = request.deepCopy();
    times
        .properties()
        .forEach(
            time ->
                body.put(
                    time.getKey().replaceFirst("_ms$", ""),
                    now.plusMillis(time.getValue().asLong()).toString()));
    if (grants != null) {
      ArrayNode authority = body.putArray("authority");
      grants.forEach(grant -> authority.add(signing.sign(grant, body.get("proposal"), now)));
    }
    return body.toString();
  }
}
