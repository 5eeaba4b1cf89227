/** Images and the suite on one machine, as far as they can be read without an engine. */
package dev.nofate.checks.docker;
