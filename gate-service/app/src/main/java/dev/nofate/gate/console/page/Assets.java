package dev.nofate.gate.console.page;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Style and script of the console: part of the service, under an address that names their bytes.
 */
@ApplicationScoped
public class Assets {

  private static final String FOLDER = "META-INF/resources/console/assets/";
  private static final int SHOWN = 12;

  private final String version;

  Assets() {
    version = digest("console.css", "htmx.min.js", "icon.svg");
  }

  /** Changes when a file does, so that a kept copy is never shown for a newer one. */
  public String version() {
    return version;
  }

  private static String digest(String... files) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (String file : files) {
        try (InputStream content =
            Thread.currentThread().getContextClassLoader().getResourceAsStream(FOLDER + file)) {
          if (content == null) {
            throw new IllegalStateException("the console's " + file + " is not packaged");
          }
          sha256.update(content.readAllBytes());
        }
      }
      return HexFormat.of().formatHex(sha256.digest()).substring(0, SHOWN);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
