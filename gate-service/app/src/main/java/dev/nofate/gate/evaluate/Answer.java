package dev.nofate.gate.evaluate;

/**
 * What goes back to the client.
 *
 * @param body the answer's bytes: the same for every repeat
 * @param replayed whether this is a repeat of an answer given or recorded before
 */
record Answer(byte[] body, boolean replayed) {}
