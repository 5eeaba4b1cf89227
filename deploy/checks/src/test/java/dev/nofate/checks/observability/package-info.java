/** Rules, their tests and dashboards. */
package dev.nofate.checks.observability;
