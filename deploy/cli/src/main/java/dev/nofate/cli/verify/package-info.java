/** Offline verification of exported chains: no server, no database, no trust in either. */
package dev.nofate.cli.verify;
