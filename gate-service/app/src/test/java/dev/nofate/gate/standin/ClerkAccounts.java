package dev.nofate.gate.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Clerk's people: its OAuth application (authorization code, PKCE, ID token) and the part of its
 * Backend API that knows users and memberships. It holds what it is asked with against RFC 6749 and
 * RFC 7636, and answers 400 or 401 as Clerk does.
 */
public final class ClerkAccounts {

  public static final String CLIENT = "client_2xample";
  public static final String CLIENT_SECRET = "secret/of:the application";
  public static final String KEY = "sk_test_" + "k".repeat(24);

  private static final Map<String, Map<String, String>> MEMBERS = new ConcurrentHashMap<>();
  private static final Map<String, Grant> GRANTS = new ConcurrentHashMap<>();
  private static final List<String> BANNED = new CopyOnWriteArrayList<>();
  private static volatile Person next;
  private static volatile Duration tokensLast = Duration.ofSeconds(60);
  private static volatile boolean away;

  private ClerkAccounts() {}

  /** Who is signed in at Clerk's pages, and for which organization (or null). */
  public record Person(String user, String organization) {

    /** Somebody who was never seen before, with a role in the organization. */
    public static Person of(String organization, String role) {
      Person person =
          new Person("user_" + UUID.randomUUID().toString().replace("-", ""), organization);
      person.becomes(role);
      return person;
    }

    /** Gives the role, which is the only membership of this person. */
    public void becomes(String role) {
      MEMBERS.put(user, Map.of(organization, "org:" + role));
    }

    public void leaves() {
      MEMBERS.put(user, Map.of());
    }

    public void isBanned() {
      BANNED.add(user);
    }
  }

  private record Grant(Person person, Map<String, String> asked) {}

  /** Who comes to the sign-in next. */
  public static void signedIn(Person person) {
    next = person;
  }

  /** How long the ID tokens made from now on are good; negative: they have ended. */
  public static void tokensLast(Duration duration) {
    tokensLast = duration;
  }

  /** Whether the Backend API answers 503. */
  public static void away(boolean now) {
    away = now;
  }

  static void serve(HttpServer server) {
    server.createContext("/oauth/authorize", ClerkAccounts::authorize);
    server.createContext("/oauth/token", ClerkAccounts::token);
    server.createContext("/v1/users/", ClerkAccounts::users);
  }

  private static void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> asked = fields(exchange.getRequestURI().getRawQuery());
    boolean good =
        CLIENT.equals(asked.get("client_id"))
            && "code".equals(asked.get("response_type"))
            && "S256".equals(asked.get("code_challenge_method"))
            && (Clerk.ORIGIN + "/console/sign-in/clerk/return").equals(asked.get("redirect_uri"))
            && asked.get("scope").equals("openid user:org:read");
    if (!good) {
      answer(exchange, 400, "{\"error\":\"invalid_request\"}");
      return;
    }
    String code = UUID.randomUUID().toString();
    GRANTS.put(code, new Grant(next, asked));
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri")
                + "?code="
                + code
                + "&state="
                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(302, -1);
    exchange.close();
  }

  private static void token(HttpExchange exchange) throws IOException {
    Map<String, String> asked =
        fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    if (!basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{\"error\":\"invalid_client\"}");
      return;
    }
    Grant grant = GRANTS.remove(asked.getOrDefault("code", ""));
    if (grant == null
        || !"authorization_code".equals(asked.get("grant_type"))
        || !grant.asked().get("redirect_uri").equals(asked.get("redirect_uri"))
        || !grant.asked().get("code_challenge").equals(sha256(asked.get("code_verifier")))) {
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    answer(
        exchange,
        200,
        "{\"access_token\":\"oat_x\",\"token_type\":\"bearer\",\"expires_in\":86400,"
            + "\"id_token\":\""
            + idToken(grant.person(), grant.asked().get("nonce"), CLIENT)
            + "\"}");
  }

  /** An ID token of this person. */
  public static String idToken(Person person, String nonce, String audience) {
    Instant now = Instant.now();
    var claims =
        io.smallrye.jwt.build.Jwt.claims()
            .issuer(Clerk.issuer())
            .subject(person.user())
            .audience(audience)
            .issuedAt(now.minusSeconds(60))
            .expiresAt(now.plus(tokensLast))
            .claim("nonce", nonce);
    return Clerk.sign(
        person.organization() == null ? claims : claims.claim("org_id", person.organization()));
  }

  private static void users(HttpExchange exchange) throws IOException {
    if (away) {
      answer(exchange, 503, "{}");
      return;
    }
    if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{\"errors\":[]}");
      return;
    }
    String[] path = exchange.getRequestURI().getPath().split("/");
    Map<String, String> roles = MEMBERS.get(path[3]);
    if (roles == null) {
      answer(exchange, 404, "{\"errors\":[{\"code\":\"resource_not_found\"}]}");
    } else if (path.length == 4) {
      answer(
          exchange,
          200,
          "{\"object\":\"user\",\"id\":\""
              + path[3]
              + "\",\"banned\":"
              + BANNED.contains(path[3])
              + "}");
    } else {
      answer(
          exchange,
          200,
          roles.entrySet().stream()
              .map(
                  role ->
                      "{\"object\":\"organization_membership\",\"role\":\""
                          + role.getValue()
                          + "\",\"organization\":{\"id\":\""
                          + role.getKey()
                          + "\"}}")
              .collect(
                  Collectors.joining(
                      ",", "{\"data\":[", "],\"total_count\":" + roles.size() + "}")));
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** The fields of a query or form. */
  public static Map<String, String> fields(String encoded) {
    return Arrays.stream(encoded.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1])));
  }

  /** The fields of an address. */
  public static Map<String, String> fields(URI address) {
    return fields(address.getRawQuery());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String basic() {
    String pair = CLIENT + ":" + URLEncoder.encode(CLIENT_SECRET, StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
