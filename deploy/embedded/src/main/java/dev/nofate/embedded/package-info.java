/**
 * The suite's outside parts, out of Maven jars: Postgres 17, Redis, database logins, local service
 * keys. Used by the command line and by the tests of the services; no service depends on it at run
 * time.
 */
package dev.nofate.embedded;
