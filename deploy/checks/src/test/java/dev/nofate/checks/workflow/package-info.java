/** The pipeline, as far as it can be read without running it. */
package dev.nofate.checks.workflow;
