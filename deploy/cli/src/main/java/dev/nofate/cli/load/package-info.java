/**
 * How many evaluations a second the running stack answers, beside what its Postgres does with
 * single rows.
 */
package dev.nofate.cli.load;
