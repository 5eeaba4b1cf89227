package dev.nofate.cli.stack;

import dev.nofate.embedded.Logins;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/**
 * What is generated once per state folder and kept in {@code secrets.json}.
 *
 * @param apiSecretSalt API_SECRET_SALT of gate-service
 * @param adminToken the operator's API key
 * @param stripeWebhookSecret the signing secret of the Stripe stand-in
 * @param postgresPassword of the superuser
 * @param databasePasswords by login name
 * @param tenant the stack's own tenant; null until it was made
 */
record Secrets(
    String apiSecretSalt,
    String adminToken,
    String stripeWebhookSecret,
    String postgresPassword,
    Map<String, String> databasePasswords,
    DemoTenant tenant) {

  private static final int SECRET_BYTES = 32;

  /**
   * A tenant with an API key.
   *
   * @param tenantId UUID
   * @param apiKey the key as presented
   */
  record DemoTenant(String tenantId, String apiKey) {
    @Override
    public String toString() {
      return "DemoTenant[" + tenantId + "]";
    }
  }

  /** Reads the secrets of the state folder, or makes them. */
  static Secrets of(Home home) {
    return StateFile.read(home.secretsFile(), Secrets.class)
        .orElseGet(
            () -> {
              Secrets fresh = generate(new SecureRandom());
              fresh.save(home);
              return fresh;
            });
  }

  static Secrets generate(SecureRandom random) {
    return new Secrets(
        token(random),
        "nf_live_" + token(random),
        "whsec_" + token(random),
        token(random),
        Logins.of(login -> token(random)).passwords(),
        null);
  }

  Secrets withTenant(DemoTenant made) {
    return new Secrets(
        apiSecretSalt, adminToken, stripeWebhookSecret, postgresPassword, databasePasswords, made);
  }

  void save(Home home) {
    StateFile.write(home.secretsFile(), this);
  }

  Logins logins() {
    return new Logins(databasePasswords);
  }

  @Override
  public String toString() {
    return "Secrets[…]";
  }

  private static String token(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
