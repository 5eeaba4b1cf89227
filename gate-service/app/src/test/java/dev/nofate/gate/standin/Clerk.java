package dev.nofate.gate.standin;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** Clerk as far as the gate knows it: a set of public keys over HTTP, and tokens signed by them. */
public final class Clerk implements QuarkusTestResourceLifecycleManager {

  /** The origin of the pages that tokens are made for. */
  public static final String ORIGIN = "https://console.example.com";

  /** What roles may do when nothing is set, and three that may do one thing each. */
  private static final String ROLE_SCOPES =
      "admin=evaluate rulesets:write audit:read billing:read admin;"
          + "member=evaluate audit:read billing:read;"
          + "accountant=billing:read;author=rulesets:write;auditor=audit:read";

  private static final List<RsaJsonWebKey> PUBLISHED = new CopyOnWriteArrayList<>();
  private static final AtomicInteger FETCHES = new AtomicInteger();
  private static volatile String issuer;

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PUBLISHED.clear();
    publish(key("ins_first"));
    server.createContext(
        "/.well-known/jwks.json",
        exchange -> {
          FETCHES.incrementAndGet();
          byte[] body = jwks().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    ClerkAccounts.serve(server);
    server.start();
    issuer = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> config =
        new HashMap<>(
            Map.of(
                "CLERK_ISSUER",
                issuer,
                "CLERK_AUTHORIZED_PARTIES",
                ORIGIN,
                "CLERK_OAUTH_CLIENT_ID",
                ClerkAccounts.CLIENT,
                "CLERK_OAUTH_CLIENT_SECRET",
                ClerkAccounts.CLIENT_SECRET,
                "CLERK_SECRET_KEY",
                ClerkAccounts.KEY,
                "CONSOLE_ORIGIN",
                ORIGIN,
                "quarkus.rest-client.clerk-users.url",
                issuer,
                "nofate.clerk.membership-fresh-for",
                "0.3S",
                "nofate.clerk.membership-pause",
                "0.1S",
                "nofate.clerk.keys-pause",
                "0.2S"));
    config.put("CLERK_ROLE_SCOPES", ROLE_SCOPES);
    return config;
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  public static String issuer() {
    return issuer;
  }

  /** How often the keys were fetched. */
  public static int fetches() {
    return FETCHES.get();
  }

  public static void publish(RsaJsonWebKey key) {
    PUBLISHED.add(key);
  }

  public static RsaJsonWebKey published() {
    return PUBLISHED.get(0);
  }

  public static RsaJsonWebKey key(String id) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(id);
      key.setUse("sig");
      key.setAlgorithm("RS256");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A link between a tenant and an organization of its own. */
  public static String organizationOf(Client client) {
    String organization = "org_" + UUID.randomUUID().toString().replace("-", "");
    Client.operator()
        .body("{\"clerk_org_id\":\"" + organization + "\"}")
        .put("/v1/tenants/" + client.tenant() + "/organization")
        .then()
        .statusCode(200);
    return organization;
  }

  /** The claims of a good session, version 2. */
  public static JwtClaimsBuilder claims(String organization, String role) {
    return bare()
        .claim("v", 2)
        .claim("sts", "active")
        .claim("fva", List.of(3, -1))
        .claim("o", Map.of("id", organization, "rol", role, "slg", "acme"));
  }

  /** The claims of a good session, version 1. */
  public static JwtClaimsBuilder firstVersion(String organization, String role) {
    return bare().claim("org_id", organization).claim("org_role", role);
  }

  /** A good session without an organization. */
  public static JwtClaimsBuilder bare() {
    Instant now = Instant.now();
    return Jwt.claims()
        .issuer(issuer)
        .subject("user_2xample")
        .claim("sid", "sess_2xample")
        .claim("azp", ORIGIN)
        .issuedAt(now)
        .claim("nbf", now.getEpochSecond() - 1)
        .expiresAt(now.plusSeconds(60));
  }

  public static String sign(JwtClaimsBuilder claims) {
    return sign(claims, published());
  }

  public static String sign(JwtClaimsBuilder claims, RsaJsonWebKey key) {
    return claims.jws().keyId(key.getKeyId()).sign(key.getPrivateKey());
  }

  /** A good session of a tenant's administrator. */
  public static String admin(String organization) {
    return sign(claims(organization, "admin"));
  }

  private static String jwks() {
    return PUBLISHED.stream()
        .map(key -> key.toJson(OutputControlLevel.PUBLIC_ONLY))
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }
}
