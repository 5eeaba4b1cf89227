package dev.nofate.gate.attestation;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an operator attests: that a document with this digest existed, and what it is about.
 *
 * @param about a code, 1 to 64 lower-case letters, digits and underscores
 * @param digest {@code sha256:} and 64 hexadecimal digits
 */
@Schema(
    name = "AttestationRequest",
    example =
        "{\"about\":\"readiness_report\","
            + "\"digest\":\"sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\"}")
public record AttestationRequest(
    @NotNull @Pattern(regexp = "[a-z0-9_]{1,64}") String about,
    @NotNull @Pattern(regexp = "sha256:[0-9a-f]{64}") String digest) {}
