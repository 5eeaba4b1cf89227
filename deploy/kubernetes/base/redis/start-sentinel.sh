#!/bin/sh
# Sentinel writes into its own file, so it gets one it can write to.
set -eu
self="$HOSTNAME.redis"
password=$(cat /auth/password)
primary=$(REDISCLI_AUTH=$password redis-cli --tls --cacert /tls/ca.crt -h redis-sentinel -p 26379 \
  sentinel get-master-addr-by-name mymaster 2>/dev/null | head -n 1 || true)
[ -n "$primary" ] || primary=redis-0.redis
umask 077
cat >/sentinel/sentinel.conf <<CONF
port 0
tls-port 26379
tls-cert-file /tls/tls.crt
tls-key-file /tls/tls.key
tls-ca-cert-file /tls/ca.crt
tls-auth-clients no
tls-replication yes
dir /sentinel
requirepass $password
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel announce-ip $self
sentinel monitor mymaster $primary 6379 2
sentinel auth-pass mymaster $password
sentinel sentinel-pass $password
sentinel down-after-milliseconds mymaster 5000
sentinel failover-timeout mymaster 30000
sentinel parallel-syncs mymaster 1
CONF
exec redis-sentinel /sentinel/sentinel.conf
