package dev.nofate.gate.console.page;

import java.util.Arrays;
import java.util.Locale;

/** What a change did, said on the page that it leads to. */
public enum Notice {
  KEY_REVOKED("The key was revoked. It stops being accepted within 30 seconds."),
  RULESET_PUBLISHED("The ruleset was published."),
  RULESET_KNOWN("The same document was published before."),
  RULESET_SERVED("Requests that pin no version are decided by this one."),
  CONTENT_ERASED("Request, answer and salt were erased. State, digests and the log stay."),
  RETENTION_SET("The retention period was set."),
  SUBJECT_ERASED("Contents about the subject were erased."),
  PAYMENT_METHOD_SET("Invoices are paid with the payment method given on the provider's page."),
  ACCOUNT_HELD("The account is held."),
  ACCOUNT_RELEASED("The hold has ended."),
  WEBHOOK_WAITS("The webhook event waits to be worked on."),
  PRICES_ADDED("The version was added to the price book."),
  SESSION_ENDED("The session at this console has ended."),
  SESSION_ENDED_HERE_ALONE(
      "The session at this console has ended. The identity provider's session was left as it was."),
  SESSION_IS_ELSEWHERE(
      "There was no session at this console to end: the identity provider's session opened its"
          + " pages, and was left as it was.");

  private final String text;

  Notice(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** As it stands in an address. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The notice of this code; null when there is none, so that no address puts words on a page. */
  static Notice of(String code) {
    return Arrays.stream(values())
        .filter(notice -> notice.code().equals(code))
        .findFirst()
        .orElse(null);
  }
}
