/** Facts: their declaration, their types, their places. */
package dev.nofate.gate.engine.fact;
