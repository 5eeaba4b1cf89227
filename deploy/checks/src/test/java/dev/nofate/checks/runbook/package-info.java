/** What people follow when something is wrong. */
package dev.nofate.checks.runbook;
