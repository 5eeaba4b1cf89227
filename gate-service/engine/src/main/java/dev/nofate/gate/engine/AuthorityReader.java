package dev.nofate.gate.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.gate.engine.RulesetProblem.Code;
import dev.nofate.gate.engine.authority.AuthorityPolicy;
import dev.nofate.gate.engine.authority.GrantKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the member {@code authority} of a ruleset document. */
final class AuthorityReader {

  private static final Set<String> MEMBERS = Set.of("required", "action", "keys");
  private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

  private final DocumentCheck check;
  private final RulesetLimits limits;

  AuthorityReader(DocumentCheck check, RulesetLimits limits) {
    this.check = check;
    this.limits = limits;
  }

  AuthorityPolicy read(JsonNode node) {
    if (!check.object(node, "/authority", MEMBERS, Set.of())) {
      return AuthorityPolicy.NONE;
    }
    if (!node.get("required").isBoolean()) {
      check.report(Code.INVALID_MEMBER, "/authority/required", "the value is no boolean");
    }
    Optional<String> action = check.text(node, "/authority", "action", ACTION);
    List<GrantKey> keys = keys(node.get("keys"));
    boolean required = node.get("required").booleanValue();
    if (required && node.get("keys").isArray() && node.get("keys").isEmpty()) {
      check.report(
          Code.INVALID_MEMBER, "/authority/keys", "a grant is required and no key can sign one");
    }
    return check.clean()
        ? new AuthorityPolicy(required, action.orElseThrow(), keys)
        : AuthorityPolicy.NONE;
  }

  private List<GrantKey> keys(JsonNode node) {
    List<GrantKey> keys = new ArrayList<>();
    if (!check.array(node, "/authority/keys", limits.keys())) {
      return keys;
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < node.size(); i++) {
      String pointer = "/authority/keys/" + i;
      Optional<GrantKey> key = GrantKey.read(node.get(i));
      if (key.isEmpty()) {
        check.report(
            Code.INVALID_KEY, pointer, "the value is no public Ed25519 or P-256 JWK with a kid");
      } else if (!ids.add(key.orElseThrow().id())) {
        check.report(Code.DUPLICATE_ID, pointer + "/kid", "another key has this id");
      }
      key.ifPresent(keys::add);
    }
    return keys;
  }
}
