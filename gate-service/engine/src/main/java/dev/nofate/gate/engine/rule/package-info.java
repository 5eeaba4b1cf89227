/** Rules: CEL within a deterministic subset, partial evaluation, overrides. */
package dev.nofate.gate.engine.rule;
