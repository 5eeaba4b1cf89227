package dev.nofate.audit.signing;

import dev.nofate.audit.chain.note.SigningKey;
import dev.nofate.audit.chain.note.VerifierKey;
import dev.nofate.audit.chain.proof.Origin;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The log's name and keys. Without a key nothing is signed, which production does not start with.
 */
@Startup
@Singleton
public class LogKeys {

  private static final Logger LOG = Logger.getLogger(LogKeys.class);
  private static final String PRODUCTION = "production";
  private static final String NAME = "key";

  private final String host;
  private final List<SigningKey> signing = new ArrayList<>();
  private final List<VerifierKey> retired = new ArrayList<>();

  LogKeys(SigningConfig config, @ConfigProperty(name = "nofate.environment") String environment) {
    host = config.host();
    List<String> faults = new ArrayList<>();
    config.keyFiles().orElse(List.of()).forEach(file -> add(file, faults));
    config.retiredKeys().orElse(List.of()).forEach(key -> retire(key, faults));
    if (Origin.parse(new Origin(host, new UUID(1, 1)).toString()).isEmpty()
        || host.chars().anyMatch(c -> c <= ' ' || c == '+' || c > '~')) {
      faults.add("AUDIT_LOG_HOST: not a name of a host");
    }
    if (environment.equals(PRODUCTION)) {
      if (signing.isEmpty()) {
        faults.add("AUDIT_SIGNING_KEY_FILE: missing, and NOFATE_ENV is production");
      }
      if (host.equals("localhost")) {
        faults.add("AUDIT_LOG_HOST: the default, and NOFATE_ENV is production");
      }
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException(String.join("; ", faults));
    }
    if (signing.isEmpty()) {
      LOG.warn("AUDIT_SIGNING_KEY_FILE is not set: no checkpoint is signed, no chain is audited");
    }
  }

  /** Whether there is anything to sign with. */
  public boolean arePresent() {
    return !signing.isEmpty();
  }

  /**
   * What signs, the current key first.
   *
   * @throws ProblemException 503 when there is none
   */
  public List<SigningKey> signing() {
    if (signing.isEmpty()) {
      throw new ProblemException(ErrorCode.UNAVAILABLE, "The log has no key to sign with");
    }
    return signing;
  }

  /** Every key whose signature under this name counts. */
  public List<VerifierKey> verifiers(String name) {
    return Stream.concat(
            signing.stream().map(key -> key.verifier(name)),
            retired.stream().map(key -> key.named(name)))
        .distinct()
        .toList();
  }

  /** The name of a tenant's log. */
  public Origin origin(UUID tenant) {
    return new Origin(host, tenant);
  }

  /** What is published. */
  PublishedKeys published() {
    List<PublishedKeys.Key> keys = new ArrayList<>();
    signing.forEach(key -> keys.add(PublishedKeys.Key.of(key.verifier(NAME), "signing")));
    retired.forEach(key -> keys.add(PublishedKeys.Key.of(key, "retired")));
    return new PublishedKeys(host, host + "/audit/{tenant}", keys);
  }

  private void add(String file, List<String> faults) {
    try {
      signing.add(KeyFile.read(Path.of(file.strip())));
    } catch (IllegalArgumentException e) {
      faults.add("AUDIT_SIGNING_KEY_FILE: a file is " + e.getMessage());
    }
  }

  private void retire(String key, List<String> faults) {
    try {
      retired.add(VerifierKey.of(NAME, Base64.getDecoder().decode(key.strip())));
    } catch (IllegalArgumentException e) {
      faults.add("AUDIT_RETIRED_KEYS: a key is not 32 bytes of Ed25519 in Base 64");
    }
  }
}
