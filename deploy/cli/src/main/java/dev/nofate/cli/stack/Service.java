package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The five services: their names, where they are packaged, which port they like and how much heap
 * they get.
 */
enum Service {
  AUDIT("audit-service", "audit-service/app", 8082, 192),
  BILLING("billing-service", "billing-service/app", 8083, 192),
  GATE("gate-service", "gate-service/app", 8081, 256),
  METER("meter-worker", "meter-worker", 8084, 128),
  INVOICE("invoice-worker", "invoice-worker", 8085, 128);

  private final String serviceName;
  private final String module;
  private final int preferredPort;
  private final int heapMib;

  Service(String serviceName, String module, int preferredPort, int heapMib) {
    this.serviceName = serviceName;
    this.module = module;
    this.preferredPort = preferredPort;
    this.heapMib = heapMib;
  }

  String serviceName() {
    return serviceName;
  }

  int preferredPort() {
    return preferredPort;
  }

  int heapMib() {
    return heapMib;
  }

  /** The packaged application. */
  Path application(Path root) {
    return root.resolve(module).resolve("target/quarkus-app");
  }

  /** The native executable, the newest there is. */
  Optional<Path> executable(Path root) {
    Path target = root.resolve(module).resolve("target");
    if (!Files.isDirectory(target)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-runner"))
          .filter(Files::isExecutable)
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
    } catch (IOException e) {
      throw new CommandFailure("cannot look into " + target + ": " + e.getMessage(), e);
    }
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Service::serviceName).toList();
  }
}
