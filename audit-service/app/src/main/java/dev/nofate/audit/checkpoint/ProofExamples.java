package dev.nofate.audit.checkpoint;

/** Examples of the API description. */
final class ProofExamples {

  static final String CHECKPOINT =
      """
      audit.example.com/audit/018f3f6e-7c1a-7000-8000-000000000001
      2
      CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

      \u2014 audit.example.com/audit/018f3f6e-7c1a-7000-8000-000000000001 Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
      """;

  static final String INCLUSION =
      """
      {"index":0,"size":2,"hashes":["gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ="],
      "checkpoint":"audit.example.com/audit/018f3f6e-7c1a-7000-8000-000000000001\\n2\\n…"}
      """;

  static final String CONSISTENCY =
      """
      {"from":1,"to":2,"hashes":["gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ="]}
      """;

  private ProofExamples() {}
}
