package dev.nofate.gate.evaluate;

import java.util.Arrays;

/**
 * One item of a batch as received.
 *
 * @param key the text of its idempotency key, not yet checked
 * @param request the octets of its request, cut out of the body
 */
record BatchItem(String key, byte[] request) {

  @Override
  public boolean equals(Object other) {
    return other instanceof BatchItem item
        && key.equals(item.key)
        && Arrays.equals(request, item.request);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(request);
  }

  /** Tells no content. */
  @Override
  public String toString() {
    return "BatchItem[" + request.length + "]";
  }
}
