/** Authority: grants as compact JWS, verified against the keys of a ruleset. */
package dev.nofate.gate.engine.authority;
