/**
 * The production checklist as a command: each of its lines is answered once, by a check that looks
 * at the deployment or by the runbook of the person who signs for it. A family of checks a class;
 * all of them are listed in {@link dev.nofate.cli.readiness.Families}.
 */
package dev.nofate.cli.readiness;
