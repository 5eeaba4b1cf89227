package dev.nofate.gate.standin;

import dev.nofate.embedded.PartsTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** gate-service on real Postgres and Redis, with its neighbours stood in for over HTTP. */
@QuarkusTest
@QuarkusTestResource(
    value = PartsTestResource.class,
    initArgs = @ResourceArg(name = "service", value = "gate-service"))
@QuarkusTestResource(Neighbours.class)
@QuarkusTestResource(Clerk.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface GateTest {}
