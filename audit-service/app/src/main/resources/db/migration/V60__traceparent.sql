-- The trace that an append was part of, beside the events and outside what is hashed: whoever works on a range of the
-- chain later can say which requests it came from. Only appends of sampled traces have one.
ALTER TABLE audit_appends
  ADD COLUMN traceparent text CHECK (traceparent ~ '^00-[0-9a-f]{32}-[0-9a-f]{16}-01$');

CREATE INDEX audit_appends_traced ON audit_appends (tenant_id, first_seq) WHERE traceparent IS NOT NULL;
