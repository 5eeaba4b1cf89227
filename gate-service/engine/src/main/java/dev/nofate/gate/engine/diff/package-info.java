/** What differs between two JSON documents, by JSON Pointer. */
package dev.nofate.gate.engine.diff;
