package dev.nofate.embedded;

/**
 * A file of a backup.
 *
 * @param path below the data folder, with {@code /}
 * @param bytes how long it is
 * @param sha256 of its content, in hexadecimal
 */
public record CopiedFile(String path, long bytes, String sha256) {}
