package dev.nofate.audit.signing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Under which name and with which keys the log signs. */
@ConfigMapping(prefix = "audit.signing")
public interface SigningConfig {

  /** Who runs the log, without scheme: the first part of every origin. */
  @WithDefault("localhost")
  String host();

  /**
   * Files with an Ed25519 private key each (PKCS#8 in PEM). A checkpoint is signed with all of
   * them: while a key is being exchanged, the old and the new one.
   */
  Optional<List<String>> keyFiles();

  /** Public keys that sign no more, 32 raw bytes in Base 64: what they signed still counts. */
  Optional<List<String>> retiredKeys();
}
