package dev.nofate.gate.signin;

import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.secret.Secrets;
import dev.nofate.gate.session.ClerkConfig;
import dev.nofate.gate.session.IdTokens;
import dev.nofate.gate.session.Sessions;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Sign-in at Clerk as an OpenID provider: authorization code with PKCE, state and nonce. One ID
 * token, together with the membership that Clerk's Backend API knows, opens a session of the
 * console; no token of Clerk's is kept.
 */
@ApplicationScoped
public class ClerkSignIns {

  /** Where Clerk leads back to, below the console's origin; it is registered there. */
  public static final String RETURN = "/console/sign-in/clerk/return";

  private static final Logger LOG = Logger.getLogger(ClerkSignIns.class);
  private static final int SERVER_ERROR = 500;
  private static final int SEED_BYTES = 32;

  private final ClerkTokens tokens;
  private final IdTokens idTokens;
  private final Members members;
  private final Sessions persons;
  private final SignIns signIns;
  private final Secrets secrets;
  private final ClerkConfig config;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  ClerkSignIns(
      @RestClient ClerkTokens tokens,
      IdTokens idTokens,
      Members members,
      Sessions persons,
      SignIns signIns,
      Secrets secrets,
      ClerkConfig config,
      InstantSource clock) {
    this.tokens = tokens;
    this.idTokens = idTokens;
    this.members = members;
    this.persons = persons;
    this.signIns = signIns;
    this.secrets = secrets;
    this.config = config;
    this.clock = clock;
  }

  /**
   * The beginning of a sign-in.
   *
   * @param location where the browser is sent
   * @param seed what the browser keeps meanwhile, in a cookie
   */
  public record Beginning(String location, String seed) {
    @Override
    public String toString() {
      return "Beginning[…]";
    }
  }

  /** How a sign-in came out. */
  public sealed interface Outcome {

    /** With a session. */
    record Opened(SignIns.Fresh session) implements Outcome {}

    /** Without one, in a sentence. */
    record Refused(String observed) implements Outcome {}
  }

  /** Whether this installation has it. */
  public boolean offered() {
    return config.oauthClientId().isPresent();
  }

  /** Begins. */
  public Beginning begin() {
    byte[] bits = new byte[SEED_BYTES];
    random.nextBytes(bits);
    String seed = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    Attempt attempt = Attempt.begin(secrets, seed);
    Map<String, String> query =
        new TreeMap<>(
            Map.of(
                "response_type", "code",
                "client_id", config.oauthClientId().orElseThrow(),
                "redirect_uri", redirect(),
                "scope", "openid user:org:read",
                "state", attempt.state(),
                "nonce", attempt.nonce(),
                "code_challenge", attempt.challenge(),
                "code_challenge_method", "S256"));
    String location =
        query.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&", issuer() + "/oauth/authorize?", ""));
    return new Beginning(location, seed);
  }

  /**
   * Ends it with what Clerk led back with.
   *
   * @param seed what the browser kept, or null
   * @param state the answer's, or null
   * @param code the answer's, or null when nobody was signed in
   */
  public Uni<Outcome> finish(String seed, String state, String code) {
    Optional<Attempt> attempt = Attempt.find(secrets, seed, state);
    if (attempt.isEmpty()) {
      return refused("The answer did not belong to a sign-in that this browser began.");
    }
    if (code == null || code.isBlank()) {
      return refused("The identity provider signed nobody in.");
    }
    return exchange(attempt.get(), code)
        .chain(token -> idTokens.verify(token, clientId(), attempt.get().nonce()))
        .chain(
            person ->
                person
                    .map(this::open)
                    .orElseGet(() -> refused("The identity provider's token was not good.")));
  }

  /** The ID token of a code; an empty text when the code was not good. */
  private Uni<String> exchange(Attempt attempt, String code) {
    return tokens
        .exchange(issuer(), client(), "authorization_code", code, redirect(), attempt.verifier())
        .map(answer -> answer.path("id_token").asText(""))
        .onFailure(ClerkSignIns::isRefusal)
        .recoverWithItem("")
        .onFailure()
        .transform(
            failure -> {
              LOG.warnf("the identity provider did not exchange a code: %s", failure.getClass());
              return new ProblemException(
                  ErrorCode.UNAVAILABLE, "The identity provider did not answer");
            });
  }

  private static boolean isRefusal(Throwable failure) {
    boolean refusal =
        failure instanceof WebApplicationException answer
            && answer.getResponse().getStatus() < SERVER_ERROR;
    if (refusal) {
      LOG.warnf(
          "the identity provider refused a code: %d",
          ((WebApplicationException) failure).getResponse().getStatus());
    }
    return refusal;
  }

  private Uni<Outcome> open(IdTokens.Person person) {
    if (person.organization().isEmpty()) {
      return refused("No organization was chosen at the identity provider.");
    }
    String organization = person.organization().get();
    return persons
        .tenantOf(organization)
        .chain(
            tenant ->
                tenant
                    .map(found -> open(found, person.subject(), organization))
                    .orElseGet(() -> refused("The organization is linked to no tenant.")));
  }

  private Uni<Outcome> open(TenantId tenant, String user, String organization) {
    return members
        .role(user, organization)
        .chain(
            role ->
                role.filter(name -> !persons.scopes(name).isEmpty())
                    .map(name -> new Membership(user, organization, name, clock.instant()))
                    .map(found -> signIns.open(tenant, found).<Outcome>map(Outcome.Opened::new))
                    .orElseGet(
                        () -> refused("No role with a scope was found in the organization.")));
  }

  private static Uni<Outcome> refused(String observed) {
    return Uni.createFrom().item(new Outcome.Refused(observed));
  }

  private String redirect() {
    return config.consoleOrigin().orElseThrow() + RETURN;
  }

  private String issuer() {
    return config.issuer().orElseThrow();
  }

  private String clientId() {
    return config.oauthClientId().orElseThrow();
  }

  /** RFC 6749, 2.3.1. */
  private String client() {
    String pair = encoded(clientId()) + ":" + encoded(config.oauthClientSecret().orElseThrow());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
