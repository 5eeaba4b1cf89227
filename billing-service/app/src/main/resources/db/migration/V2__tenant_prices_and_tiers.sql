-- Prices of one tenant, and quantities that cost less than the rest. A version says when it takes effect before that hour
-- begins, so an entry costs the same whenever it is filed.

ALTER TABLE price_book
  ADD COLUMN tenant_id uuid REFERENCES accounts,
  ADD COLUMN tiers jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(tiers) = 'object'),
  DROP CONSTRAINT price_book_check,
  DROP CONSTRAINT price_book_effective_from_key;

ALTER TABLE price_book
  ADD CONSTRAINT one_version_an_hour UNIQUE NULLS NOT DISTINCT (tenant_id, effective_from),
  ADD CONSTRAINT no_version_is_missing_and_none_takes_effect_in_the_past CHECK (
    CASE WHEN version = 1
      THEN previous_version IS NULL AND previous_effective_from IS NULL AND tenant_id IS NULL
      ELSE previous_version IS NOT NULL AND previous_version = version - 1
        AND previous_effective_from IS NOT NULL AND effective_from > recorded_at
    END);

-- Operators' actions are audited in the operator's own chain, which has no account.
ALTER TABLE audit_outbox DROP CONSTRAINT audit_outbox_tenant_id_fkey;
