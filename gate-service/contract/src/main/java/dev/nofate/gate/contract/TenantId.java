package dev.nofate.gate.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.UUID;

/** A tenant's id: a UUID, in lower case on every wire and in every canonical form. */
public record TenantId(UUID value) {

  /** The operator's own tenant: its keys with scope {@link Scope#ADMIN} act for the whole suite. */
  public static final TenantId OPERATOR =
      new TenantId(UUID.fromString("00000000-0000-8000-8000-000000000001"));

  /**
   * Reads the canonical text form of 36 characters.
   *
   * @throws IllegalArgumentException when the text is not a lower-case UUID
   */
  @JsonCreator
  public static TenantId of(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equals(text)) {
      throw new IllegalArgumentException("not a lower-case UUID");
    }
    return new TenantId(uuid);
  }

  /** As {@link #of}, under the name by which JAX-RS finds the converter of a path parameter. */
  public static TenantId fromString(String text) {
    return of(text);
  }

  /** As {@link #of}, accepting upper-case hexadecimal digits as RFC 9562 demands of readers. */
  public static TenantId lenient(String text) {
    return of(text.toLowerCase(Locale.ROOT));
  }

  @JsonValue
  @Override
  public String toString() {
    return value.toString();
  }
}
