package dev.nofate.gate.erasure;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The wish to erase what is about a subject.
 *
 * @param subject the label that the requests carried as {@code No-Fate-Subject}
 */
@Schema(
    name = "SubjectErasure",
    requiredProperties = {"subject"},
    example = "{\"subject\":\"customer-42\"}")
public record SubjectErasure(String subject) {
  @Override
  public String toString() {
    return "SubjectErasure[***]";
  }
}
