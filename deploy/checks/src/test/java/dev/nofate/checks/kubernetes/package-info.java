/** What the overlays render to, object by object. */
package dev.nofate.checks.kubernetes;
