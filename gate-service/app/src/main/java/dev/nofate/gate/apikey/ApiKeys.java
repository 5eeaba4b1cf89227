package dev.nofate.gate.apikey;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.nofate.audit.contract.EventType;
import dev.nofate.gate.audit.AuditLog;
import dev.nofate.gate.clock.Micros;
import dev.nofate.gate.contract.Caller;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Scope;
import dev.nofate.gate.contract.TenantId;
import dev.nofate.gate.id.DerivedId;
import dev.nofate.gate.secret.Secrets;
import dev.nofate.kit.identity.CallerCache;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes, finds and ends API keys. A key is good once its creation is in the audit log. */
@ApplicationScoped
public class ApiKeys {

  private final ApiKeyStore store;
  private final Secrets secrets;
  private final AuditLog audit;
  private final CallerCache cache;
  private final UnknownKeys unknown;
  private final InstantSource clock;
  private final boolean live;
  private final SecureRandom random = new SecureRandom();

  ApiKeys(
      ApiKeyStore store,
      Secrets secrets,
      AuditLog audit,
      CallerCache cache,
      UnknownKeys unknown,
      InstantSource clock,
      @ConfigProperty(name = "nofate.environment") String environment) {
    this.store = store;
    this.secrets = secrets;
    this.audit = audit;
    this.cache = cache;
    this.unknown = unknown;
    this.clock = clock;
    this.live = environment.equals("production");
  }

  /** Makes a key and shows it, this once. */
  public Uni<NewApiKey> create(
      TenantId tenant, UUID actor, String name, List<Scope> scopes, Instant expiresAt) {
    return create(
        tenant,
        actor,
        UuidCreator.getTimeOrderedEpoch(),
        ApiKeySecret.fresh(random, live),
        name,
        scopes,
        expiresAt);
  }

  /**
   * Makes a tenant's first key, with every scope. With an idempotency key it is derived under the
   * server's secret, so that a repeat of the wish shows the same key and makes no second one.
   */
  public Uni<NewApiKey> createFirst(TenantId tenant, UUID actor, Optional<String> idempotencyKey) {
    if (idempotencyKey.isEmpty()) {
      return first(
          tenant, actor, UuidCreator.getTimeOrderedEpoch(), ApiKeySecret.fresh(random, live));
    }
    UUID keyId = DerivedId.of("first-key", tenant);
    List<ApiKeySecret> candidates =
        secrets.live("first-key", tenant.toString(), idempotencyKey.get()).stream()
            .map(bits -> ApiKeySecret.of(bits, live))
            .toList();
    return store
        .hmac(tenant, keyId)
        .chain(kept -> first(tenant, actor, keyId, shownBefore(candidates, kept)));
  }

  private Uni<NewApiKey> first(TenantId tenant, UUID actor, UUID keyId, ApiKeySecret secret) {
    return create(tenant, actor, keyId, secret, "first key", List.of(Scope.values()), null);
  }

  /** The text that was shown before, also when the server's secret has been rotated since. */
  private ApiKeySecret shownBefore(List<ApiKeySecret> candidates, Optional<byte[]> kept) {
    return kept.map(
            hmac ->
                candidates.stream()
                    .filter(
                        secret ->
                            secret.hmacs(secrets).stream()
                                .anyMatch(live -> MessageDigest.isEqual(live, hmac)))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                ErrorCode.CONFLICT,
                                "The tenant's first key was made under a secret that is retired")))
        .orElse(candidates.get(0));
  }

  /**
   * Makes a key that takes another's place: same name and scopes. The old one stays good for the
   * overlap, and never past its own end.
   *
   * @param expiresAt the new key's end; null for the old one's own
   */
  public Uni<NewApiKey> rotate(
      TenantId tenant, UUID actor, UUID oldId, Duration overlap, Instant expiresAt) {
    return store
        .find(tenant, oldId)
        .map(found -> found.orElseThrow(ProblemException::notFound))
        .invoke(this::requireGood)
        .chain(old -> replace(tenant, actor, old, overlap, expiresAt))
        .invoke(cache::clear);
  }

  private Uni<NewApiKey> replace(
      TenantId tenant, UUID actor, ApiKey old, Duration overlap, Instant expiresAt) {
    Instant now = clock.instant();
    Instant end =
        expiresAt != null || old.expiresAt() == null ? expiresAt : Instant.parse(old.expiresAt());
    ApiKeySecret secret = ApiKeySecret.fresh(random, live);
    NewApiKey key =
        shown(UuidCreator.getTimeOrderedEpoch(), secret, old.name(), old.scopes(), now, end);
    Instant oldEnds = now.plus(overlap);
    return store
        .insert(tenant, key, secret.hmac(secrets), now, end)
        .chain(
            () ->
                audit.append(
                    tenant,
                    key.id(),
                    EventType.API_KEY_ROTATED,
                    key.id(),
                    rotation(key, actor, old, oldEnds)))
        .chain(receipt -> store.rotate(tenant, key.id(), receipt.lastSeq(), old.id(), oldEnds))
        .invoke(() -> unknown.remove(secret.hmac(secrets)))
        .replaceWith(key);
  }

  private void requireGood(ApiKey key) {
    if (key.revokedAt() != null
        || key.expiresAt() != null && !Instant.parse(key.expiresAt()).isAfter(clock.instant())) {
      throw new ProblemException(ErrorCode.CONFLICT, "The key was revoked or has expired");
    }
  }

  private Uni<NewApiKey> create(
      TenantId tenant,
      UUID actor,
      UUID keyId,
      ApiKeySecret secret,
      String name,
      List<Scope> scopes,
      Instant expiresAt) {
    Instant now = clock.instant();
    NewApiKey key = shown(keyId, secret, name, scopes, now, expiresAt);
    return store
        .insert(tenant, key, secret.hmac(secrets), now, expiresAt)
        .chain(
            () ->
                audit.append(
                    tenant, key.id(), EventType.API_KEY_CREATED, key.id(), creation(key, actor)))
        .chain(receipt -> store.markRecorded(tenant, key.id(), receipt.lastSeq()))
        .invoke(() -> unknown.remove(secret.hmac(secrets)))
        .replaceWith(key);
  }

  /** The tenant's keys in order of id. */
  public Uni<List<ApiKey>> list(TenantId tenant, Optional<UUID> after, int limit) {
    return store.list(tenant, after, limit);
  }

  /** Ends a key: here at once, on other replicas and services when their caches forget it. */
  public Uni<Void> revoke(TenantId tenant, UUID actor, UUID keyId) {
    return store
        .revoke(tenant, keyId, clock.instant())
        .invoke(
            found -> {
              if (!found) {
                throw ProblemException.notFound();
              }
              cache.clear();
            })
        .chain(
            () ->
                audit.append(
                    tenant,
                    DerivedId.of("api-key-revoked", tenant, keyId),
                    EventType.API_KEY_REVOKED,
                    keyId,
                    Map.of("actor", actor.toString())))
        .replaceWithVoid();
  }

  /** Makes the operator's configured key good, and ends earlier configured ones. */
  public Uni<Void> installConfigured(TenantId tenant, String text) {
    ApiKeySecret secret =
        ApiKeySecret.parse(text)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "ADMIN_API_KEY does not have the form of an API key"));
    byte[] hmac = secret.hmac(secrets);
    return store
        .installConfigured(
            tenant, UuidCreator.getTimeOrderedEpoch(), secret.prefix(), hmac, clock.instant())
        .invoke(() -> unknown.remove(hmac));
  }

  /** Whether the text is meant as an API key. */
  public static boolean looksLikeOne(String text) {
    return text.startsWith(ApiKeySecret.PREFIX);
  }

  /** Whose key it is; empty when it is unknown, revoked or expired. */
  public Uni<Optional<Caller>> find(String apiKey) {
    return ApiKeySecret.parse(apiKey)
        .map(secret -> find(secret.hmacs(secrets)))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  /** The first HMAC, under the current secret, stands for the key. */
  private Uni<Optional<Caller>> find(List<byte[]> hmacs) {
    byte[] current = hmacs.get(0);
    if (unknown.contains(current)) {
      return Uni.createFrom().item(Optional.empty());
    }
    return store
        .find(hmacs, clock.instant())
        .invoke(
            found -> {
              if (found.isEmpty()) {
                unknown.add(current);
              }
            });
  }

  private static NewApiKey shown(
      UUID keyId,
      ApiKeySecret secret,
      String name,
      List<Scope> scopes,
      Instant now,
      Instant expiresAt) {
    return new NewApiKey(
        keyId,
        secret.text(),
        name,
        secret.prefix(),
        scopes.stream().distinct().sorted().toList(),
        Micros.text(now),
        expiresAt == null ? null : Micros.text(expiresAt));
  }

  private static Map<String, Object> rotation(
      NewApiKey key, UUID actor, ApiKey old, Instant oldEnds) {
    Map<String, Object> payload = new LinkedHashMap<>(creation(key, actor));
    Map<String, Object> before = new LinkedHashMap<>();
    before.put("expires_at", old.expiresAt());
    payload.put("before", before);
    payload.put("after", Map.of("expires_at", earlier(old.expiresAt(), oldEnds)));
    payload.put("replaces", old.id().toString());
    return payload;
  }

  private static String earlier(String own, Instant overlap) {
    return own == null || Instant.parse(own).isAfter(overlap) ? Micros.text(overlap) : own;
  }

  private static Map<String, Object> creation(NewApiKey key, UUID actor) {
    return Map.of(
        "actor", actor.toString(),
        "prefix", key.prefix(),
        "scopes", key.scopes().stream().map(Scope::wireName).toList());
  }
}
