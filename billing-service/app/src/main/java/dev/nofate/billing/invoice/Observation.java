package dev.nofate.billing.invoice;

import dev.nofate.billing.contract.InvoiceObservation;
import dev.nofate.billing.contract.InvoiceStatus;
import dev.nofate.billing.price.Rating;
import dev.nofate.billing.time.Rfc3339;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.gate.contract.Problem;
import dev.nofate.kit.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A well-formed observation of an invoice. */
record Observation(
    String eventId,
    String invoiceId,
    String customerId,
    InvoiceStatus status,
    Instant occurredAt,
    long amountDueCents,
    long amountPaidCents,
    String currency,
    String problem) {

  private static final int LONGEST_PROBLEM = 200;

  private static final Pattern EVENT = Pattern.compile("evt_[A-Za-z0-9_]{1,200}");
  private static final Pattern INVOICE = Pattern.compile("in_[A-Za-z0-9_]{1,200}");
  private static final Pattern CUSTOMER = Pattern.compile("cus_[A-Za-z0-9_]{1,200}");
  private static final Pattern CURRENCY = Pattern.compile("[a-z]{3}");

  /**
   * Reads an observation.
   *
   * @throws ProblemException 400 with every fault at once
   */
  static Observation read(InvoiceObservation told) {
    if (told == null) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The request had no body");
    }
    List<String> faults = new ArrayList<>();
    form(EVENT, told.eventId(), "event_id", faults);
    form(INVOICE, told.invoiceId(), "invoice_id", faults);
    form(CUSTOMER, told.customerId(), "customer_id", faults);
    form(CURRENCY, told.currency(), "currency", faults);
    if (told.status() == null) {
      faults.add("status is absent");
    }
    if (isTooLarge(told.amountDueCents()) || isTooLarge(told.amountPaidCents())) {
      faults.add("an amount is beyond 2^53-1");
    }
    if (told.problem() != null
        && (told.problem().isBlank() || told.problem().length() > LONGEST_PROBLEM)) {
      faults.add("problem is not 1 to " + LONGEST_PROBLEM + " characters");
    }
    Instant occurredAt = time(told.occurredAt(), faults);
    if (!faults.isEmpty()) {
      throw new ProblemException(
          Problem.of(ErrorCode.BAD_REQUEST, "The observation is not well-formed")
              .withErrors(faults));
    }
    return new Observation(
        told.eventId(),
        told.invoiceId(),
        told.customerId(),
        told.status(),
        occurredAt,
        told.amountDueCents(),
        told.amountPaidCents(),
        told.currency(),
        told.problem());
  }

  private static void form(Pattern form, String value, String member, List<String> faults) {
    if (value == null || !form.matcher(value).matches()) {
      faults.add(member + " is not of the form " + form);
    }
  }

  private static boolean isTooLarge(long amount) {
    return amount > Rating.LARGEST || amount < -Rating.LARGEST;
  }

  private static Instant time(String text, List<String> faults) {
    try {
      return Rfc3339.parse(text);
    } catch (DateTimeException e) {
      faults.add("occurred_at is not RFC 3339 in UTC with at most six fraction digits");
      return null;
    }
  }
}
