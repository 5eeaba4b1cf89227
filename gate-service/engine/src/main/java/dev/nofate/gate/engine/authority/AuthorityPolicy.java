package dev.nofate.gate.engine.authority;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a ruleset asks of authority.
 *
 * @param required whether a grant is asked for at all
 * @param action the action a grant names
 * @param keys the keys that may sign, by key id
 */
public record AuthorityPolicy(boolean required, String action, Map<String, GrantKey> keys) {

  /** Nothing is asked for. */
  public static final AuthorityPolicy NONE = new AuthorityPolicy(false, "", List.of());

  public AuthorityPolicy {
    keys = Map.copyOf(keys);
  }

  /** A policy over keys with distinct ids. */
  public AuthorityPolicy(boolean required, String action, List<GrantKey> keys) {
    this(
        required,
        action,
        keys.stream().collect(Collectors.toMap(GrantKey::id, Function.identity())));
  }
}
