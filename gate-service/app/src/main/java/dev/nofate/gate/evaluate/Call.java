package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Direction;
import dev.nofate.gate.engine.Reading;
import dev.nofate.gate.engine.json.Octets;
import java.util.Optional;
import java.util.UUID;

/**
 * One request on its way to an answer.
 *
 * @param tenant whose request
 * @param key its idempotency key
 * @param evaluation the id derived from both
 * @param direction which way it is to be evaluated
 * @param body as received
 * @param subject digest of the label of whom it is about
 * @param reading the body, read
 */
record Call(
    TenantId tenant,
    IdempotencyKey key,
    UUID evaluation,
    Direction direction,
    byte[] body,
    Optional<Octets> subject,
    Reading reading) {}
