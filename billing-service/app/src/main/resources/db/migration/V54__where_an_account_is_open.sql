-- Where an account's customer lives: what one realm knows, the others do not. NULL: the operator's own account, which is
-- nobody's customer, and customers of Stripe from before this was written down.

ALTER TABLE accounts ADD COLUMN realm text CHECK (realm IN ('MOCK', 'TEST', 'LIVE'));

ALTER TABLE accounts NO FORCE ROW LEVEL SECURITY;
UPDATE accounts SET realm = 'MOCK'
WHERE stripe_customer_id LIKE 'cus\_mock\_%' AND tenant_id <> '00000000-0000-8000-8000-000000000001';
ALTER TABLE accounts FORCE ROW LEVEL SECURITY;

-- Invoices are looked at of every account with a customer, also while it has no subscription.
DROP INDEX accounts_by_poll;
CREATE INDEX accounts_by_poll ON accounts (invoices_polled_at NULLS FIRST, tenant_id);

-- The one way in which an account changes its customer: from the recorded provider's to one of Stripe's. What was reported
-- stays reported; what was about to be, the new customer certainly does not have. A held report of the recorded provider's
-- is let go, too.
CREATE FUNCTION reopen_account(customer text, at_realm text) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = billing, pg_temp
AS $$
BEGIN
  UPDATE accounts SET stripe_customer_id = customer, realm = at_realm, stripe_subscription_id = NULL,
    subscription_status = NULL, replaced_subscription_id = NULL, payment_method_at = NULL, payment_page_id = NULL, payment_page_opened_at = NULL, invoices_polled_at = NULL
  WHERE tenant_id = current_tenant() AND realm = 'MOCK' AND at_realm IN ('TEST', 'LIVE');
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE report_attempts a SET channel = NULL, first_sent_at = NULL, last_sent_at = NULL, subscription_id = NULL,
    held_reason = NULL
  WHERE tenant_id = current_tenant() AND NOT EXISTS (
    SELECT FROM usage_reports r WHERE r.tenant_id = a.tenant_id AND r.entry_no = a.entry_no);
  RETURN true;
END
$$;
REVOKE ALL ON FUNCTION reopen_account(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reopen_account(text, text) TO billing_app;
