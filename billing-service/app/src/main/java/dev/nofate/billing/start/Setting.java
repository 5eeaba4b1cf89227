package dev.nofate.billing.start;

import java.util.List;

/** A group of settings that operators give, able to say everything that is wrong with it. */
public interface Setting {

  /** Each fault in one sentence that names the variable, never a secret's value; empty if none. */
  List<String> faults();
}
