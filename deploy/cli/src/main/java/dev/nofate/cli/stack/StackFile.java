package dev.nofate.cli.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;

/**
 * {@code stack.json}: what runs where, for people and for programs that use the stack.
 *
 * @param gatewayUrl where clients go
 * @param apiKey of the stack's own tenant; null until it was made
 * @param tenantId of that tenant
 * @param adminToken the operator's API key
 * @param services the five services by name
 * @param gateway the dev gateway
 * @param postgres its URL is the superuser's, into the suite's database
 * @param redis Redis
 * @param stripeWebhookSecret signs webhooks
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record StackFile(
    String gatewayUrl,
    String apiKey,
    String tenantId,
    String adminToken,
    Map<String, Running> services,
    Running gateway,
    Running postgres,
    Running redis,
    String stripeWebhookSecret) {

  /**
   * A process and where it listens.
   *
   * @param url base URL
   * @param pid process id at the time of writing
   */
  public record Running(String url, long pid) {
    @Override
    public String toString() {
      return "Running[pid=" + pid + "]";
    }
  }

  /** The file of the state folder, when a stack was started there. */
  public static Optional<StackFile> read(Home home) {
    return StateFile.read(home.stackFile(), StackFile.class);
  }

  void write(Home home) {
    StateFile.write(home.stackFile(), this);
  }

  @Override
  public String toString() {
    return "StackFile[" + gatewayUrl + "]";
  }
}
