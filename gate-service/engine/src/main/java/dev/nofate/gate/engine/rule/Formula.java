package dev.nofate.gate.engine.rule;

import java.util.BitSet;

/** A condition as a joining of atoms: parts that are true, false or an error as a whole. */
sealed interface Formula {

  /** What it comes to when the atoms come to these. */
  Truth value(Truth[] atoms);

  /** Adds the indices of its atoms. */
  void collect(BitSet atoms);

  /** How many nodes it has: what evaluating it costs. */
  int size();

  /** A constant. */
  record Known(Truth truth) implements Formula {
    @Override
    public Truth value(Truth[] atoms) {
      return truth;
    }

    @Override
    public void collect(BitSet atoms) {}

    @Override
    public int size() {
      return 1;
    }
  }

  /** An atom by its index. */
  record Leaf(int atom) implements Formula {
    @Override
    public Truth value(Truth[] atoms) {
      return atoms[atom];
    }

    @Override
    public void collect(BitSet atoms) {
      atoms.set(atom);
    }

    @Override
    public int size() {
      return 1;
    }
  }

  /** {@code !}. */
  record Not(Formula of) implements Formula {
    @Override
    public Truth value(Truth[] atoms) {
      return of.value(atoms).not();
    }

    @Override
    public void collect(BitSet atoms) {
      of.collect(atoms);
    }

    @Override
    public int size() {
      return 1 + of.size();
    }
  }

  /** {@code &&}, or {@code ||}. */
  record Joined(boolean and, Formula left, Formula right) implements Formula {
    @Override
    public Truth value(Truth[] atoms) {
      Truth first = left.value(atoms);
      Truth second = right.value(atoms);
      return and ? first.and(second) : first.or(second);
    }

    @Override
    public void collect(BitSet atoms) {
      left.collect(atoms);
      right.collect(atoms);
    }

    @Override
    public int size() {
      return 1 + left.size() + right.size();
    }
  }

  /** {@code condition ? then : otherwise}. */
  record Choice(Formula condition, Formula then, Formula otherwise) implements Formula {
    @Override
    public Truth value(Truth[] atoms) {
      return switch (condition.value(atoms)) {
        case TRUE -> then.value(atoms);
        case FALSE -> otherwise.value(atoms);
        case ERROR -> Truth.ERROR;
      };
    }

    @Override
    public void collect(BitSet atoms) {
      condition.collect(atoms);
      then.collect(atoms);
      otherwise.collect(atoms);
    }

    @Override
    public int size() {
      return 1 + condition.size() + then.size() + otherwise.size();
    }
  }
}
