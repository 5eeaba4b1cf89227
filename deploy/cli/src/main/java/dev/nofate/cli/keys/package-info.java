/** Tenants and their API keys, over the suite's own interface. */
package dev.nofate.cli.keys;
