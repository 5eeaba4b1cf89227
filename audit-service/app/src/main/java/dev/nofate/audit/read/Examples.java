package dev.nofate.audit.read;

/** Examples of the API's documentation: the first event of the published test vector. */
final class Examples {

  static final String EVENTS =
      """
      {"items":[{"at":"2026-11-23T10:00:00.000000Z","payload":{"name_digest":"sha256:00"},"seq":1,
      "subject":null,"tenant":"018f3f6e-7c1a-7000-8000-000000000001","type":"tenant_created","v":1,
      "hash":"1c244e53aae20ea3d6b381c6bc990100a28348b9c2459a06546488f567324db3"}],"next":"1"}
      """;

  static final String HEAD =
      """
      {"tenant":"018f3f6e-7c1a-7000-8000-000000000001","seq":1,"at":"2026-11-23T10:00:00.000000Z",
      "hash":"1c244e53aae20ea3d6b381c6bc990100a28348b9c2459a06546488f567324db3"}
      """;

  static final String BAD_LIMIT =
      """
      {"type":"urn:no-fate:problem:bad_request","title":"The request was not understood","status":400,
      "detail":"The parameter limit is not between 1 and 1000","code":"BAD_REQUEST"}
      """;

  private Examples() {}
}
