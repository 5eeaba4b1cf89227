/** Logic-less templates over facts: Mustache, without anything that reads, calls or guesses. */
package dev.nofate.gate.engine.rendering;
