package dev.nofate.gate.contract;

import java.net.URI;

/**
 * Every code that a problem document of the suite can carry (RFC 9457). A code never changes its
 * meaning or status; texts may.
 */
public enum ErrorCode {
  BAD_REQUEST(400, "The request was not understood"),
  IDEMPOTENCY_KEY_MISSING(400, "The request carried no usable Idempotency-Key"),
  SIGNATURE_INVALID(400, "The signature did not match the request"),
  UNAUTHORIZED(401, "The request carried no valid credentials"),
  BILLING_HOLD(402, "The account is suspended"),
  FORBIDDEN(403, "The credentials do not cover this request"),
  NOT_FOUND(404, "Nothing was found under this address"),
  METHOD_NOT_ALLOWED(405, "The address does not serve this method"),
  NOT_ACCEPTABLE(406, "No representation matches the Accept header"),
  IN_PROGRESS(409, "A request with the same key is being processed"),
  CONFLICT(409, "The request conflicts with the recorded state"),
  GONE(410, "The content was erased"),
  PAYLOAD_TOO_LARGE(413, "The body exceeds the transport limit"),
  UNSUPPORTED_MEDIA_TYPE(415, "The body's media type is not served"),
  IDEMPOTENCY_KEY_REUSED(422, "The key was used with another body"),
  RULESET_REFUSED(422, "The ruleset was refused"),
  UNPROCESSABLE(422, "The request was understood and refused"),
  TOO_EARLY(425, "The period has not ended"),
  RATE_LIMIT_EXCEEDED(429, "The rate limit was exceeded"),
  HEADERS_TOO_LARGE(431, "The headers exceed the transport limit"),
  INTERNAL_ERROR(500, "The service failed"),
  BAD_GATEWAY(502, "A service behind this one did not answer"),
  AUDIT_UNAVAILABLE(503, "The audit log was not writable, so nothing was answered"),
  UNAVAILABLE(503, "The service is not available");

  private final int status;
  private final String title;

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The HTTP status that always goes with the code. */
  public int status() {
    return status;
  }

  /** One sentence that is the same for every occurrence. */
  public String title() {
    return title;
  }

  /** The problem type: a stable identifier, not a page that has to exist. */
  public URI type() {
    return URI.create("urn:no-fate:problem:" + name().toLowerCase(java.util.Locale.ROOT));
  }
}
