/**
 * The guided tour: one proposal from the door to the ledger, and what happens when a bill is not
 * paid.
 */
package dev.nofate.cli.demo;
