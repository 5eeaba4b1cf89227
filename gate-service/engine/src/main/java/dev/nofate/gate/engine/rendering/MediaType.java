package dev.nofate.gate.engine.rendering;

import java.util.Arrays;
import java.util.Optional;

/** The media types a rendering may have, and whether values are escaped in them. */
public enum MediaType {
  /** HTML: values are escaped. */
  HTML("text/html", true),
  /** XHTML: values are escaped. */
  XHTML("application/xhtml+xml", true),
  /** Plain text: values stand as they are. */
  PLAIN("text/plain", false),
  /** Markdown (RFC 7763): values stand as they are. */
  MARKDOWN("text/markdown", false),
  /** Comma-separated values (RFC 4180): values stand as they are. */
  CSV("text/csv", false);

  private final String text;
  private final boolean escaped;

  MediaType(String text, boolean escaped) {
    this.text = text;
    this.escaped = escaped;
  }

  /** Reads a media type, with or without {@code charset=utf-8}; empty when it is not offered. */
  public static Optional<MediaType> parse(String text) {
    String bare = text.replaceFirst("; ?charset=utf-8$", "");
    return Arrays.stream(values()).filter(type -> type.text.equals(bare)).findFirst();
  }

  /** The type and subtype, without parameters. */
  public String text() {
    return text;
  }

  /** Whether markup is parsed out of a text of this type. */
  public boolean escaped() {
    return escaped;
  }
}
