package dev.nofate.cli.readiness;

import java.util.function.Supplier;

/**
 * Something several checks look at and that is made once. When the making fails, each of them is
 * told the same.
 */
final class Once<T> implements Supplier<T> {

  private final Supplier<T> maker;
  private T made;
  private RuntimeException failure;

  private Once(Supplier<T> maker) {
    this.maker = maker;
  }

  static <T> Once<T> of(Supplier<T> maker) {
    return new Once<>(maker);
  }

  @Override
  public synchronized T get() {
    if (failure != null) {
      throw failure;
    }
    if (made == null) {
      try {
        made = maker.get();
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }
    return made;
  }
}
