package dev.nofate.invoice;

import dev.nofate.kit.start.Forms;
import dev.nofate.kit.start.Start;
import dev.nofate.kit.start.Variable;
import dev.nofate.kit.start.Variables;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts invoice-worker. */
@QuarkusMain
public final class InvoiceWorker {

  static final Variables VARIABLES =
      Variables.of(
          Variable.needed("AUDIT_URL", Forms.httpUrl()),
          Variable.needed("BILLING_URL", Forms.httpUrl()),
          Variable.optional("INVOICE_TICK", Forms.duration()),
          Variable.optional("INVOICE_POLL_TICK", Forms.duration()));

  public static void main(String... arguments) {
    Start.checked(VARIABLES, arguments);
  }
}
