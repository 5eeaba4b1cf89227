package dev.nofate.cli.demo;

import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.stack.StackFile;
import java.nio.file.Path;

/**
 * What every chapter of the tour plays in.
 *
 * @param journal what is printed
 * @param stack the running stack
 * @param tenantId the tenant made for this run
 * @param api speaks with that tenant's key, through the gateway
 * @param exports where exported chains are written
 */
record Scene(Journal journal, StackFile stack, String tenantId, ApiClient api, Path exports) {}
