/**
 * Keeps what the log signed, on another machine than the log's, and has the log show each time that
 * what it signed before is still the beginning of what it signs now.
 */
package dev.nofate.cli.witness;
