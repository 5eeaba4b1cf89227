/** A disaster on purpose: what comes back, how much is lost, and how long it takes. */
package dev.nofate.cli.drill;
