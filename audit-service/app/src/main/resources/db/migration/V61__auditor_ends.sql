-- When the auditor last reached a chain's end; of a chain that it never walked to its end, when it heard of it.
ALTER TABLE audit_progress ADD COLUMN ended_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX audit_progress_oldest_end ON audit_progress (ended_at) WHERE fault_code IS NULL;
CREATE INDEX audit_progress_oldest_visit ON audit_progress (visited_at NULLS FIRST, tenant_id);
