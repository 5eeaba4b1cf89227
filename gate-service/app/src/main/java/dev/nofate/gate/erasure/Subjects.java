package dev.nofate.gate.erasure;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.engine.json.Octets;
import dev.nofate.gate.secret.Secrets;
import dev.nofate.kit.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Whom an evaluation is about: a label that the client gives with the request, of which only a
 * digest under the server's secret is kept, beside the content.
 */
@ApplicationScoped
public class Subjects {

  /** The optional header with the label: 1 to 255 printable ASCII characters. */
  public static final String HEADER = "No-Fate-Subject";

  private static final String PURPOSE = "content-subject";
  private static final int MAX_LENGTH = 255;

  private final Secrets secrets;

  Subjects(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * The digest of the label in a request's headers.
   *
   * @throws ProblemException 400 when the header occurs twice or is no label
   */
  public Optional<Octets> of(TenantId tenant, List<String> headers) {
    if (headers == null || headers.isEmpty()) {
      return Optional.empty();
    }
    if (headers.size() > 1) {
      throw refused("occurred more than once");
    }
    String label = checked(headers.get(0));
    return Optional.of(Octets.of(secrets.current(PURPOSE, tenant.toString(), label)));
  }

  /** The digests that a label may be known under while secrets rotate. */
  List<byte[]> digests(TenantId tenant, String label) {
    return secrets.live(PURPOSE, tenant.toString(), checked(label));
  }

  private static String checked(String label) {
    if (label == null
        || label.isEmpty()
        || label.length() > MAX_LENGTH
        || !label.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw refused("was not 1 to " + MAX_LENGTH + " printable ASCII characters");
    }
    return label;
  }

  private static ProblemException refused(String observed) {
    return new ProblemException(ErrorCode.BAD_REQUEST, "The subject " + observed);
  }
}
