/** The suite's HTTP interface as a client sees it. */
package dev.nofate.cli.api;
