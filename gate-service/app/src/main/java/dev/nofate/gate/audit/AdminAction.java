package dev.nofate.gate.audit;

import dev.nofate.gate.contract.TenantId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What somebody with the right to it changed, as the log records it: codes, counts and ids, never
 * contents.
 *
 * @param tenant in whose chain it stands: whose thing was changed
 * @param actor who did it
 * @param action what was done, a code
 * @param before what it was; a value may be null
 * @param after what it became; a value may be null
 */
public record AdminAction(
    TenantId tenant,
    UUID actor,
    String action,
    Map<String, Object> before,
    Map<String, Object> after) {

  /** A change of a single member. */
  public static AdminAction change(
      TenantId tenant, UUID actor, String action, String member, Object before, Object after) {
    return new AdminAction(tenant, actor, action, only(member, before), only(member, after));
  }

  Map<String, Object> payload() {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("action", action);
    payload.put("actor", actor.toString());
    payload.put("after", after);
    payload.put("before", before);
    return payload;
  }

  private static Map<String, Object> only(String member, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(member, value);
    return map;
  }
}
