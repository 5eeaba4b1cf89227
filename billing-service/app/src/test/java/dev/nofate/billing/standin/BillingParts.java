package dev.nofate.billing.standin;

import dev.nofate.embedded.PartsTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Real Postgres and Redis, and a gate-service that is stood in for. */
@QuarkusTestResource(
    value = PartsTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "billing-service"))
@QuarkusTestResource(GateStandIn.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface BillingParts {}
