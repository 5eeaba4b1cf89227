/** What an operator and a tenant ask of billing, over HTTP. */
package dev.nofate.cli.billing;
