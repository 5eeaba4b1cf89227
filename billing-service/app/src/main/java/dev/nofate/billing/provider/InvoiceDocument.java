package dev.nofate.billing.provider;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An invoice as its customer knows it. Whoever has a link opens the invoice without signing in, so
 * links stand in no text of this.
 *
 * @param number the one on the paper; null for drafts
 * @param periodStart start of the time it bills; null when not told
 * @param periodEnd end of the time it bills; null when not told
 * @param hostedUrl Stripe's page of the invoice; null for drafts
 * @param pdfUrl the paper itself; null for drafts
 */
public record InvoiceDocument(
    String number, Instant periodStart, Instant periodEnd, String hostedUrl, String pdfUrl) {

  /** What is known of an invoice of which nothing was told. */
  public static final InvoiceDocument UNKNOWN = new InvoiceDocument(null, null, null, null, null);

  private static final int LONGEST_LINK = 2000;
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final Pattern NUMBER = Pattern.compile("[\\p{L}\\p{N}][^\\p{Cntrl}]{0,99}");

  /**
   * What Stripe told. A member that is not of its form, and a link that leads elsewhere than to
   * Stripe, count as not told: an invoice is what it is without them.
   */
  public static InvoiceDocument told(
      String number, Long periodStart, Long periodEnd, String hostedUrl, String pdfUrl) {
    return new InvoiceDocument(
        number != null && NUMBER.matcher(number).matches() ? number : null,
        time(periodStart),
        time(periodEnd),
        stripes(hostedUrl),
        stripes(pdfUrl));
  }

  private static Instant time(Long second) {
    return second == null || second < 0 || second > LAST_SECOND
        ? null
        : Instant.ofEpochSecond(second);
  }

  private static String stripes(String link) {
    if (link == null || link.length() > LONGEST_LINK) {
      return null;
    }
    try {
      URI uri = new URI(link);
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      boolean stripes =
          link.startsWith("https://")
              && uri.getRawUserInfo() == null
              && uri.getPort() == -1
              && (host.equals("stripe.com") || host.endsWith(".stripe.com"));
      return stripes ? link : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  @Override
  public String toString() {
    return "InvoiceDocument[" + number + "]";
  }
}
