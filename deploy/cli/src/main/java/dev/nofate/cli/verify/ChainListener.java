package dev.nofate.cli.verify;

import dev.nofate.audit.chain.Entry;
import java.util.List;

/** Looks at each event of a chain once, in order, after the event's own hash was made again. */
interface ChainListener {

  void event(Entry entry);

  /** What was found, when the chain has ended. */
  List<Finding> findings();
}
