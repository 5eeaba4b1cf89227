package dev.nofate.gate.engine.authority;

import java.math.BigInteger;

/**
 * Points of edwards25519 as public keys (RFC 8032 section 5.1.3): −x² + y² = 1 + dx²y² over p.
 *
 * <p>The JDK verifies under any encoding. Under a point of order 1, 2, 4 or 8 a signature can be
 * made without a secret, so such a key would be nobody's.
 */
final class Ed25519Point {

  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121_665).multiply(BigInteger.valueOf(121_666).modInverse(P)).mod(P);

  private Ed25519Point() {}

  /** Whether 32 octets are the one encoding of a point on the curve whose order is large. */
  static boolean isUsable(byte[] encoding) {
    BigInteger y = ordinate(encoding);
    if (y.compareTo(P) >= 0) {
      return false;
    }
    BigInteger square = y.multiply(y).mod(P);
    BigInteger numerator = square.subtract(BigInteger.ONE).mod(P);
    BigInteger denominator = D.multiply(square).add(BigInteger.ONE).mod(P);
    // x² is a quotient of both; Euler's criterion on their product tells whether x exists.
    BigInteger half = P.shiftRight(1);
    boolean onCurve = numerator.multiply(denominator).modPow(half, P).equals(BigInteger.ONE);
    return onCurve && square.signum() != 0 && !isOfOrderEight(square, numerator, denominator);
  }

  /** Twice the point has y = 0 exactly when x² = −y². */
  private static boolean isOfOrderEight(
      BigInteger square, BigInteger numerator, BigInteger denominator) {
    return numerator.add(square.multiply(denominator)).mod(P).signum() == 0;
  }

  /** Little-endian without the last bit, which is the sign of x. */
  private static BigInteger ordinate(byte[] encoding) {
    byte[] magnitude = new byte[encoding.length];
    for (int i = 0; i < encoding.length; i++) {
      magnitude[i] = encoding[encoding.length - 1 - i];
    }
    magnitude[0] &= 0x7f;
    return new BigInteger(1, magnitude);
  }
}
