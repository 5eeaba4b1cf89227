/**
 * What a stranger can keep and check: checkpoints (<a
 * href="https://c2sp.org/tlog-checkpoint">c2sp.org/tlog-checkpoint</a>) and receipts (<a
 * href="https://c2sp.org/tlog-proof">c2sp.org/tlog-proof</a>) of an audit log.
 */
package dev.nofate.audit.chain.proof;
