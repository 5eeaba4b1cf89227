package dev.nofate.gate.engine.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Against points that are really added up (RFC 8032 section 5.1.4 in affine form). */
class Ed25519PointTest {

  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);

  private record Point(BigInteger x, BigInteger y) {

    Point plus(Point other) {
      BigInteger product = D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
      BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
      BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
      return new Point(
          sumX.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P),
          sumY.multiply(BigInteger.ONE.subtract(product).modInverse(P)).mod(P));
    }

    boolean isOfSmallOrder() {
      Point twice = plus(this);
      Point fourTimes = twice.plus(twice);
      Point eightTimes = fourTimes.plus(fourTimes);
      return eightTimes.equals(new Point(BigInteger.ZERO, BigInteger.ONE));
    }
  }

  @Property(tries = 400)
  void takesExactlyThePointsOfLargeOrder(@ForAll long seed) {
    byte[] encoding = new byte[32];
    new Random(seed).nextBytes(encoding);
    assertThat(Ed25519Point.isUsable(encoding))
        .isEqualTo(decode(encoding).filter(point -> !point.isOfSmallOrder()).isPresent());
  }

  @Example
  void refusesEveryPointOfSmallOrderInEveryEncoding() {
    for (String hex :
        new String[] {
          "0100000000000000000000000000000000000000000000000000000000000000",
          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
          "0000000000000000000000000000000000000000000000000000000000000000",
          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
        }) {
      byte[] encoding = HexFormat.of().parseHex(hex);
      assertThat(decode(encoding).orElseThrow().isOfSmallOrder()).as(hex).isTrue();
      assertThat(Ed25519Point.isUsable(encoding)).as(hex).isFalse();
      encoding[31] |= (byte) 0x80;
      assertThat(Ed25519Point.isUsable(encoding)).as(hex + " with the other sign").isFalse();
    }
  }

  @Example
  void refusesAnOrdinateThatIsNotReduced() {
    for (int above = 0; above < 19; above++) {
      byte[] encoding = littleEndian(P.add(BigInteger.valueOf(above)));
      assertThat(Ed25519Point.isUsable(encoding)).isFalse();
      encoding[31] |= (byte) 0x80;
      assertThat(Ed25519Point.isUsable(encoding)).isFalse();
    }
  }

  /** The x coordinate is the square root of (y² − 1) / (dy² + 1); p is 5 modulo 8. */
  private static Optional<Point> decode(byte[] encoding) {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = encoding[31 - i];
    }
    BigInteger y = new BigInteger(1, bigEndian).clearBit(255);
    BigInteger square = y.multiply(y);
    BigInteger quotient =
        square
            .subtract(BigInteger.ONE)
            .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
            .mod(P);
    BigInteger root = quotient.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    BigInteger turned =
        root.multiply(BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P)).mod(P);
    for (BigInteger x : new BigInteger[] {root, turned}) {
      if (x.multiply(x).mod(P).equals(quotient) && y.compareTo(P) < 0) {
        return Optional.of(new Point(x, y));
      }
    }
    return Optional.empty();
  }

  private static byte[] littleEndian(BigInteger value) {
    byte[] encoding = new byte[32];
    for (int i = 0; i < 255; i++) {
      if (value.testBit(i)) {
        encoding[i / 8] |= (byte) (1 << i % 8);
      }
    }
    return encoding;
  }
}
