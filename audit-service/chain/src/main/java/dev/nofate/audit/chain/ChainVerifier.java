package dev.nofate.audit.chain;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;

/**
 * Verifies a chain one event at a time, in constant memory, trusting no stored hash: each is made
 * again from the content. The first fault is final. Not for several threads.
 */
public final class ChainVerifier {

  private Position position;
  private long events;
  private Fault fault;

  private ChainVerifier(Position position) {
    this.position = position;
  }

  /** Verifies a whole chain, whosever it is: the first event names the tenant. */
  public static ChainVerifier startingAtGenesis() {
    return new ChainVerifier(null);
  }

  /** Verifies a tenant's whole chain. */
  public static ChainVerifier startingAtGenesis(UUID tenant) {
    return startingAt(Position.genesis(tenant));
  }

  /** Verifies what follows a position that is known to be good. */
  public static ChainVerifier startingAt(Position position) {
    return new ChainVerifier(position);
  }

  /**
   * Takes the next line of an export, without its line end.
   *
   * @return the first fault so far, if any
   */
  public Optional<Fault> accept(String line) {
    if (fault == null) {
      try {
        return accept(ExportLine.parse(line));
      } catch (RefusedException e) {
        refuse(e.code(), e.getMessage());
      }
    }
    return Optional.ofNullable(fault);
  }

  /**
   * Takes the next event.
   *
   * @return the first fault so far, if any
   */
  public Optional<Fault> accept(Entry entry) {
    if (fault == null && follows(entry)) {
      position = Position.behind(entry);
      events++;
    }
    return Optional.ofNullable(fault);
  }

  /**
   * Takes a whole export, one event a line, in UTF-8; stops at the first fault.
   *
   * @param export read to its end or to the first fault, not closed
   * @throws IOException when reading fails: no verdict
   */
  public Verdict acceptAll(InputStream export) throws IOException {
    BoundedLines lines = new BoundedLines(export, ExportLine.MAX_CHARS);
    while (fault == null) {
      try {
        Optional<String> line = lines.next();
        if (line.isEmpty()) {
          break;
        }
        accept(line.get());
      } catch (RefusedException e) {
        refuse(e.code(), e.getMessage());
      }
    }
    return verdict();
  }

  /** What was found so far. */
  public Verdict verdict() {
    if (fault != null) {
      return new Verdict.Broken(fault);
    }
    return position == null
        ? new Verdict.Broken(new Fault(1, Fault.Code.NO_EVENTS, "there is no event"))
        : new Verdict.Valid(events, position);
  }

  private boolean follows(Entry entry) {
    Envelope envelope = entry.envelope();
    Position before = position == null ? Position.genesis(envelope.tenant()) : position;
    long expected = before.seq() + 1;
    if (!envelope.tenant().equals(before.tenant())) {
      return refuse(Fault.Code.TENANT_CHANGED, "the event is of another tenant's chain");
    }
    if (envelope.seq() > expected) {
      return refuse(
          Fault.Code.SEQ_MISSING,
          "seq " + envelope.seq() + " stands where " + expected + " follows");
    }
    if (envelope.seq() < expected) {
      return refuse(
          Fault.Code.SEQ_REPEATED,
          "seq " + envelope.seq() + " stands where " + expected + " follows");
    }
    if (before.at() != null && envelope.at().isBefore(before.at())) {
      return refuse(Fault.Code.TIME_BACKWARDS, "at is earlier than that of the event before");
    }
    ChainHash recomputed = ChainHash.next(before.hash(), envelope);
    if (!recomputed.equals(entry.hash())) {
      return refuse(
          Fault.Code.HASH_MISMATCH,
          "the stated hash is " + entry.hash() + ", the content's is " + recomputed);
    }
    return true;
  }

  private boolean refuse(Fault.Code code, String observed) {
    fault = new Fault(position == null ? 1 : position.seq() + 1, code, observed);
    return false;
  }
}
