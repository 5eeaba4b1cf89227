package dev.nofate.gate.engine.authority;

import java.util.Base64;
import java.util.Optional;

/** base64url without padding (RFC 7515 section 2), the one encoding of its octets. */
final class Base64Url {

  private Base64Url() {}

  /** The octets; empty when the value is no string or another string encodes them. */
  static Optional<byte[]> decode(Object value) {
    if (!(value instanceof String text)) {
      return Optional.empty();
    }
    try {
      byte[] octets = Base64.getUrlDecoder().decode(text);
      String canonical = Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
      return canonical.equals(text) ? Optional.of(octets) : Optional.empty();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
