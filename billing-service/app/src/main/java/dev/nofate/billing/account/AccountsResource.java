package dev.nofate.billing.account;

import dev.nofate.billing.contract.AccountStanding;
import dev.nofate.billing.contract.AccountsApi;
import dev.nofate.gate.contract.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;

/** Accounts, for gate-service. */
@RolesAllowed("service:gate-service")
public class AccountsResource implements AccountsApi {

  private final Accounts accounts;

  public AccountsResource(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Uni<AccountStanding> open(TenantId tenant) {
    return accounts.open(tenant).map(Account::toStanding);
  }

  @Override
  public Uni<AccountStanding> standing(TenantId tenant) {
    return accounts.require(tenant).map(Account::toStanding);
  }
}
