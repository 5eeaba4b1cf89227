-- A session at the console that the identity provider opened: whose it is there, and what was last seen of the
-- membership that it rests on. A session of a link has a role of the console's instead.
ALTER TABLE console_sessions
  ALTER COLUMN role DROP NOT NULL,
  ADD COLUMN clerk_user_id text CHECK (clerk_user_id ~ '^[A-Za-z0-9_-]{1,100}$'),
  ADD COLUMN clerk_org_id text CHECK (clerk_org_id ~ '^[A-Za-z0-9_-]{1,100}$'),
  ADD COLUMN clerk_role text CHECK (length(clerk_role) BETWEEN 1 AND 100),
  ADD COLUMN membership_seen_at timestamptz,
  ADD COLUMN membership_asked_at timestamptz,
  ADD CONSTRAINT console_sessions_holder CHECK (
    num_nonnulls(clerk_user_id, clerk_org_id, clerk_role, membership_seen_at, membership_asked_at)
      = CASE WHEN role IS NULL THEN 5 ELSE 0 END);

GRANT UPDATE (clerk_role, membership_seen_at, membership_asked_at) ON console_sessions TO gate_app;
