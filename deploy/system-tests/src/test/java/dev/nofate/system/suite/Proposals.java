package dev.nofate.system.suite;

import java.time.Instant;

/** Texts that the tests send. */
public final class Proposals {

  /** A transfer is compliant within its limit and a violation above it. */
  public static final String RULESET =
      """
      {"name":"payments.transfer",
       "scope":"Transfers the treasury agent starts on its own.",
       "facts":{"type":"object","additionalProperties":false,"properties":{
         "proposal":{"type":"object","required":["amount","currency"],"additionalProperties":false,
           "properties":{"amount":{"type":"integer"},"currency":{"type":"string"}}},
         "context":{"type":"object","additionalProperties":false,
           "properties":{"limit":{"type":"integer"}}}}},
       "decision_window_ms":5000,"max_clock_skew_ms":300000,
       "rules":[
         {"id":"within-limit","when":"proposal.amount <= context.limit","outcome":"COMPLIANCE"},
         {"id":"over-limit","when":"proposal.amount > context.limit","outcome":"VIOLATION"}]}
      """;

  /** What opens an invoice of these texts to whoever has it. */
  public static final String INVOICE_LINK = "acct_1/test_opens-3b8e21-the-invoice";

  private Proposals() {}

  /** A transfer of some amount within a limit of 5000, evaluated now. */
  public static String transfer(int amount) {
    return """
        {"ruleset":"payments.transfer","proposal":{"amount":%d,"currency":"EUR"},
         "context":{"limit":5000},"evaluated_at":"%s"}"""
        .formatted(amount, Instant.now());
  }

  /** A transfer whose limit is not stated. */
  public static String withoutLimit() {
    return transfer(1).replace("\"context\":{\"limit\":5000},", "");
  }

  static String invoiceEvent(
      String eventId, String type, String invoiceId, String customer, String status) {
    return """
        {"id":"%s","object":"event","type":"%s","created":%d,"livemode":false,
         "data":{"object":{"id":"%s","object":"invoice","customer":"%s","status":"%s",
           "amount_due":4200,"amount_paid":0,"attempt_count":1,"currency":"usd",
           "number":"8C2E41AB-0001","period_start":1790812800,"period_end":1793491200,
           "hosted_invoice_url":"https://invoice.stripe.com/i/%s?s=ap",
           "invoice_pdf":"https://pay.stripe.com/invoice/%s/pdf?s=ap"}}}"""
        .formatted(
            eventId,
            type,
            Instant.now().getEpochSecond(),
            invoiceId,
            customer,
            status,
            INVOICE_LINK,
            INVOICE_LINK);
  }
}
