-- When a key was last accepted, to the minute; written for many keys at once.

ALTER TABLE api_keys ADD COLUMN last_used_at timestamptz;
GRANT UPDATE (last_used_at) ON api_keys TO gate_app;
