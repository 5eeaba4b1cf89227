/**
 * The audit chain as a library without a service: canonical form, hashes, verification of an
 * export. It knows no clock, no randomness, no files and no network; an auditor embeds it.
 *
 * <pre>
 * genesis  = SHA-256("no-fate/audit/v1\n" + tenant id)
 * envelope = JCS({"at","payload","seq","subject","tenant","type","v":1})      RFC 8785, UTF-8
 * hash     = SHA-256(previous hash, 32 raw bytes, then the envelope bytes)
 * </pre>
 *
 * A chain shows every change, insertion, removal and exchange of rows in front of its last row.
 * That rows are missing at its end, a chain alone cannot show: that takes a head known from
 * elsewhere, to be compared with {@link dev.nofate.audit.chain.Verdict.Valid#head()}, or a signed
 * checkpoint (package {@code proof}).
 */
package dev.nofate.audit.chain;
