#!/bin/sh
# A replica of the primary that the sentinels agree on; without sentinels yet, of the first pod.
set -eu
self="$HOSTNAME.redis"
password=$(cat /auth/password)
ask() {
  REDISCLI_AUTH=$password redis-cli --tls --cacert /tls/ca.crt -h redis-sentinel -p 26379 \
    sentinel get-master-addr-by-name mymaster 2>/dev/null | head -n 1
}
primary=$(ask || true)
[ -n "$primary" ] || primary=redis-0.redis
set -- --requirepass "$password" --masterauth "$password" --replica-announce-ip "$self"
[ "$primary" = "$self" ] || set -- "$@" --replicaof "$primary" 6379
exec redis-server /config/redis.conf "$@"
