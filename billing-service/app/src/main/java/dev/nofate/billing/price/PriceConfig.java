package dev.nofate.billing.price;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * The prices that the first version of the price book is made of, in US cents with at most seven
 * decimals. Once the book has a version they have no effect.
 */
@ConfigMapping(prefix = "billing.price")
public interface PriceConfig {

  /** {@code PRICE_PER_MB_IN}: per MiB (1,048,576 bytes) of requests. */
  @WithDefault("10")
  String perMibIn();

  /** {@code PRICE_PER_MB_OUT}: per MiB of answers. */
  @WithDefault("15")
  String perMibOut();

  /** {@code PRICE_PER_GATE}: per gate executed. */
  @WithDefault("1")
  String perGate();

  /** {@code PRICE_PER_AUDIT_EVENT}: per audit event. */
  @WithDefault("2")
  String perAuditEvent();
}
