package dev.nofate.audit.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.UUID;

/**
 * An event in its place: the envelope's members and the hash.
 *
 * @param at RFC 3339 UTC with exactly six fraction digits
 * @param payload codes, counts and digests
 * @param seq from 1 without a hole
 * @param subject may be null (and then stands in the envelope as null)
 * @param tenant lower-case UUID
 * @param type what happened
 * @param v version of the envelope, 1
 * @param hash 64 hexadecimal digits
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ChainEvent(
    String at,
    Map<String, Object> payload,
    long seq,
    UUID subject,
    String tenant,
    EventType type,
    int v,
    String hash) {}
