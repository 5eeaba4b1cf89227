/** The way into the console of a local stack. */
package dev.nofate.cli.console;
