package dev.nofate.audit.chain.spec;

/** The specification's words do not allow what stands here. */
final class SpecFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SpecFault(String observed) {
    super(observed);
  }
}
