package dev.nofate.audit.append;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.nofate.audit.chain.Position;
import java.util.Optional;
import java.util.UUID;

/**
 * Where this replica believes chains end, and which chains it met another writer on. A wrong belief
 * costs an attempt and nothing else: the insert and the primary key decide.
 */
final class HeadMemory {

  private final Cache<UUID, Position> heads;
  private final Cache<UUID, Boolean> shared;

  HeadMemory(AppendConfig config) {
    heads = Caffeine.newBuilder().maximumSize(config.rememberedHeads()).build();
    shared =
        Caffeine.newBuilder()
            .maximumSize(config.rememberedHeads())
            .expireAfterWrite(config.contention())
            .build();
  }

  Optional<Position> head(UUID tenant) {
    return Optional.ofNullable(heads.getIfPresent(tenant));
  }

  void remember(UUID tenant, Position head) {
    heads.put(tenant, head);
  }

  void forget(UUID tenant) {
    heads.invalidate(tenant);
  }

  void metAnotherWriter(UUID tenant) {
    shared.put(tenant, true);
  }

  boolean isShared(UUID tenant) {
    return shared.getIfPresent(tenant) != null;
  }
}
