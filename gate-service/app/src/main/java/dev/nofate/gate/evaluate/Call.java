package dev.nofate.gate.evaluate;

import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.Reading;
import java.util.UUID;

/**
 * One request on its way to an answer.
 *
 * @param tenant whose request
 * @param key its idempotency key
 * @param evaluation the id derived from both
 * @param body as received
 * @param reading the body, read
 */
record Call(TenantId tenant, IdempotencyKey key, UUID evaluation, byte[] body, Reading reading) {}
