package dev.nofate.gate.apikey;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;

/**
 * Remembers for a short time keys that the database just said are not good: unknown, revoked and
 * expired ones alike, so that the time of an answer does not tell which. A key is remembered whole,
 * by its HMAC: a text that differs from a good one in a single character is another key, and keeps
 * nobody out. A key's text is random and shown when it is good already, so no replica can have been
 * asked for it before.
 */
@ApplicationScoped
class UnknownKeys {

  private final Cache<ByteBuffer, Boolean> unknown;

  UnknownKeys(UnknownKeysConfig config) {
    unknown =
        Caffeine.newBuilder().maximumSize(config.size()).expireAfterWrite(config.ttl()).build();
  }

  boolean contains(byte[] hmac) {
    return unknown.getIfPresent(ByteBuffer.wrap(hmac)) != null;
  }

  /** The time runs from here; being asked for again does not prolong it. */
  void add(byte[] hmac) {
    unknown.put(ByteBuffer.wrap(hmac), Boolean.TRUE);
  }

  /** A key was made good on this replica. */
  void remove(byte[] hmac) {
    unknown.invalidate(ByteBuffer.wrap(hmac));
  }
}
