package dev.nofate.billing.page;

import dev.nofate.billing.account.Account;
import dev.nofate.billing.account.AccountStore;
import dev.nofate.billing.contract.CheckoutNotice;
import dev.nofate.billing.contract.SettlementApi.Noticed;
import dev.nofate.billing.contract.SettlementApi.Result;
import dev.nofate.billing.page.PaymentMethods.Adoption;
import dev.nofate.billing.postgres.Purpose;
import dev.nofate.billing.postgres.Transactions;
import dev.nofate.gate.contract.ErrorCode;
import dev.nofate.kit.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.regex.Pattern;

/**
 * Has invoices paid with what a customer gave on a page, also when the customer never came back to
 * the return address. Whether the page is completed the provider is asked.
 */
@ApplicationScoped
public class CheckoutNotices {

  private static final Pattern PAGE = Pattern.compile("cs_[A-Za-z0-9_]{1,200}");

  private final Transactions transactions;
  private final AccountStore accounts;
  private final PaymentMethods methods;

  public CheckoutNotices(Transactions transactions, AccountStore accounts, PaymentMethods methods) {
    this.transactions = transactions;
    this.accounts = accounts;
    this.methods = methods;
  }

  /**
   * Adopts the page's payment method unless a later page's was; 502 when the provider does not
   * answer.
   */
  public Uni<Noticed> notice(CheckoutNotice notice) {
    if (notice == null
        || notice.customerId() == null
        || notice.sessionId() == null
        || !PAGE.matcher(notice.sessionId()).matches()) {
      throw new ProblemException(ErrorCode.BAD_REQUEST, "The notice is not well-formed");
    }
    return Transactions.detached(
        transactions
            .run(
                Purpose.CUSTOMERS,
                connection -> accounts.lockByCustomer(connection, notice.customerId()))
            .flatMap(
                found ->
                    found.isEmpty()
                        ? Uni.createFrom().item(Result.UNKNOWN_CUSTOMER)
                        : adopt(found.get(), notice))
            .map(Noticed::new));
  }

  private Uni<Result> adopt(Account account, CheckoutNotice notice) {
    return methods
        .adopt(account, notice.sessionId())
        .onFailure(failure -> !(failure instanceof ProblemException))
        .transform(
            failure ->
                new ProblemException(
                    ErrorCode.BAD_GATEWAY, "The provider: " + failure.getMessage()))
        .map(adoption -> adoption == Adoption.ADOPTED ? Result.APPLIED : Result.UNCHANGED);
  }
}
