/**
 * Signed notes (<a href="https://c2sp.org/signed-note">c2sp.org/signed-note</a>) with Ed25519
 * signatures (RFC 8032, signature type 0x01).
 */
package dev.nofate.audit.chain.note;
