/**
 * The development gateway: one public address in front of the services. It knows which paths are
 * public and nothing else; identity, limits and decisions are the services' own.
 */
package dev.nofate.cli.gateway;
