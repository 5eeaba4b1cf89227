package dev.nofate.billing.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Tables as RFC 4180 says, with a header line; absent values are empty. */
public final class Csv {

  /** What to ask for in {@code Accept}; JSON is answered when nothing is asked for. */
  public static final String MEDIA_TYPE = "text/csv";

  /** The same with less weight than JSON, for resources. */
  public static final String SECOND_CHOICE = MEDIA_TYPE + ";charset=UTF-8;qs=0.5";

  private Csv() {}

  /** The text of a table. */
  public static String of(List<String> header, List<List<?>> rows) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, CSVFormat.RFC4180)) {
      printer.printRecord(header);
      for (List<?> row : rows) {
        printer.printRecord(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
