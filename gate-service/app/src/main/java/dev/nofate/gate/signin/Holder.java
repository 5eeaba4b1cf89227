package dev.nofate.gate.signin;

/** What a session's rights follow from. */
public sealed interface Holder permits Role, Membership {

  /** What audit events call it: a code. */
  String roleName();
}
