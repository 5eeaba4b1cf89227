/**
 * The {@code nofate} command. A package a command; {@code stack} starts and stops what the others
 * use.
 */
package dev.nofate.cli;
