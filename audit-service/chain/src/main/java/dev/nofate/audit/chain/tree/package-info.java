/**
 * Merkle trees as RFC 6962, section 2.1, defines them, with SHA-256: the hash of a leaf is
 * SHA-256(0x00, then its bytes), that of a node is SHA-256(0x01, then its left and its right
 * child), and a tree of n leaves splits at the largest power of two below n. A leaf of the audit
 * log's tree is the 32-byte hash of an event; the event {@code seq} is the leaf {@code seq - 1}.
 */
package dev.nofate.audit.chain.tree;
