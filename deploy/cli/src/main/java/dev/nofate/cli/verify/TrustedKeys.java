package dev.nofate.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.audit.chain.note.VerifierKey;
import dev.nofate.audit.chain.proof.Origin;
import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The keys whose signatures count. A key under a host's name counts for every log of that host; a
 * key under a log's own name counts for that log alone.
 */
public record TrustedKeys(List<VerifierKey> keys) {

  /**
   * Reads keys.
   *
   * @param given each a verifier key line, or a file of such lines, or the JSON document that the
   *     service publishes
   */
  public static TrustedKeys of(List<String> given) {
    List<VerifierKey> keys = new ArrayList<>();
    for (String each : given) {
      Optional<VerifierKey> line = key(each.strip());
      List<VerifierKey> found = line.map(List::of).orElseGet(() -> inFile(Path.of(each)));
      if (found.isEmpty()) {
        throw new CommandFailure("there is no verifier key in " + each);
      }
      keys.addAll(found);
    }
    return new TrustedKeys(keys);
  }

  public boolean isEmpty() {
    return keys.isEmpty();
  }

  public Collection<VerifierKey> of(String origin) {
    Optional<String> host = Origin.parse(origin).map(Origin::host);
    return keys.stream()
        .filter(key -> key.name().equals(origin) || host.filter(key.name()::equals).isPresent())
        .map(key -> key.named(origin))
        .toList();
  }

  private static List<VerifierKey> inFile(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      if (text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[")) {
        List<VerifierKey> keys = new ArrayList<>();
        JsonNode document = Json.MAPPER.readTree(text);
        document
            .path("keys")
            .forEach(key -> keys.add(published(document.path("host").asText(), key)));
        return keys;
      }
      return text.lines().map(String::strip).flatMap(line -> key(line).stream()).toList();
    } catch (CharacterCodingException e) {
      throw new CommandFailure(file + " is no UTF-8 text", e);
    } catch (IOException e) {
      throw new CommandFailure("the keys in " + file + " are not readable: " + e.getMessage(), e);
    }
  }

  /** A key of {@code /.well-known/no-fate/audit-keys}: 32 raw bytes under the host's name. */
  private static VerifierKey published(String host, JsonNode key) {
    try {
      return VerifierKey.of(host, Base64.getDecoder().decode(key.path("public_key").asText()));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "the keys of " + host + " hold one that is none: " + e.getMessage(), e);
    }
  }

  private static Optional<VerifierKey> key(String text) {
    try {
      return Optional.of(VerifierKey.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
