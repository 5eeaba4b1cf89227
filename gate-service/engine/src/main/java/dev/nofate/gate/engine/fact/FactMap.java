package dev.nofate.gate.engine.fact;

import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelValue;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The members of a JSON object as a CEL map, in the order of their names.
 *
 * <p>CEL adapts a plain map member by member each time a variable is read, which in a loop costs
 * more than the loop. What is already a CEL value it takes as it is.
 */
@SuppressWarnings("Immutable") // The members are CEL values, which have no type in common.
final class FactMap extends CelValue implements Map<String, Object> {

  private static final CelType TYPE = MapType.create(SimpleType.STRING, SimpleType.DYN);

  private final Map<String, Object> members;

  FactMap(TreeMap<String, Object> members) {
    this.members = Collections.unmodifiableMap(members);
  }

  @Override
  public Object value() {
    return this;
  }

  @Override
  public boolean isZeroValue() {
    return members.isEmpty();
  }

  @Override
  public CelType celType() {
    return TYPE;
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /** CEL looks for keys of any type; a name is a string. */
  @Override
  public boolean containsKey(Object key) {
    return key instanceof String && members.containsKey(key);
  }

  @Override
  public boolean containsValue(Object value) {
    return members.containsValue(value);
  }

  @Override
  public Object get(Object key) {
    return key instanceof String ? members.get(key) : null;
  }

  @Override
  public Set<String> keySet() {
    return members.keySet();
  }

  @Override
  public Collection<Object> values() {
    return members.values();
  }

  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return members.entrySet();
  }

  @Override
  public Object put(String key, Object value) {
    return members.put(key, value);
  }

  @Override
  public Object remove(Object key) {
    return members.remove(key);
  }

  @Override
  public void putAll(Map<? extends String, ? extends Object> more) {
    members.putAll(more);
  }

  @Override
  public void clear() {
    members.clear();
  }

  @Override
  public boolean equals(Object other) {
    return members.equals(other);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  /** Tells the size only, so that content never slips into a log line. */
  @Override
  public String toString() {
    return "FactMap[" + members.size() + "]";
  }
}
