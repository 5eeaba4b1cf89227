/** JSON: strict reading (RFC 8259, RFC 7493) and the canonical form (RFC 8785). */
package dev.nofate.gate.engine.json;
