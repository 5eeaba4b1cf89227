package dev.nofate.audit.chain.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Checks a receipt from the words of c2sp.org/tlog-proof, tlog-checkpoint and signed-note and of
 * the service's README alone; uses nothing of the library.
 */
public final class SpecReceipt {

  private SpecReceipt() {}

  /** The envelope that a receipt shows, or null when it shows nothing. */
  public static String envelope(String receipt, byte[] publicKey) {
    List<String> lines = Arrays.asList(receipt.split("\n", -1));
    int blank = lines.indexOf("");
    if (!lines.get(0).equals("c2sp.org/tlog-proof@v1")) {
      return null;
    }
    String[] extra =
        new String(decoded(lines.get(1).substring("extra ".length())), UTF_8).split("\n", -1);
    if (!extra[0].equals("no-fate/audit-event/v1")) {
      return null;
    }
    byte[] event = SpecTree.sha256(HexFormat.of().parseHex(extra[1]), extra[2].getBytes(UTF_8));
    long index = Long.parseLong(lines.get(2).substring("index ".length()));
    List<byte[]> path = new ArrayList<>();
    lines.subList(3, blank).forEach(line -> path.add(decoded(line)));
    String origin = lines.get(blank + 1);
    long size = Long.parseLong(lines.get(blank + 2));
    byte[] root = SpecTree.rootBy(event, index, size, path);
    boolean included = Arrays.equals(root, decoded(lines.get(blank + 3)));
    String text = String.join("\n", lines.subList(blank + 1, blank + 4)) + "\n";
    return included && isSigned(text, origin, lines.subList(blank + 5, lines.size()), publicKey)
        ? extra[2]
        : null;
  }

  private static boolean isSigned(
      String text, String name, List<String> signatures, byte[] publicKey) {
    byte[] id = SpecTree.sha256((name + "\n").getBytes(UTF_8), new byte[] {1}, publicKey);
    for (String line : signatures) {
      if (line.startsWith("\u2014 " + name + " ")) {
        byte[] blob = decoded(line.substring(line.lastIndexOf(' ') + 1));
        if (Arrays.equals(Arrays.copyOf(blob, 4), Arrays.copyOf(id, 4))) {
          return verifies(text, Arrays.copyOfRange(blob, 4, blob.length), publicKey);
        }
      }
    }
    return false;
  }

  /** RFC 8032, section 5.1.3: y in little-endian order, the sign of x in the last bit. */
  private static boolean verifies(String text, byte[] signature, byte[] publicKey) {
    ByteArrayOutputStream y = new ByteArrayOutputStream();
    for (int i = publicKey.length - 1; i >= 0; i--) {
      y.write(publicKey[i]);
    }
    byte[] number = y.toByteArray();
    boolean odd = number[0] < 0;
    number[0] &= 0x7f;
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(
                  new EdECPublicKeySpec(
                      NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, number)))));
      verifier.update(text.getBytes(UTF_8));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static byte[] decoded(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
