/**
 * The whole suite as processes of this machine: what runs where, starting it, looking at it, ending
 * it.
 */
package dev.nofate.cli.stack;
