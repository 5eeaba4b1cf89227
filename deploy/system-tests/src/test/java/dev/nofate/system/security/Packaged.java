package dev.nofate.system.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A service started from its package with exactly the environment that a test gives it. */
final class Packaged implements AutoCloseable {

  /** Where each of the five is packaged. */
  static final Map<String, String> MODULES = modules();

  private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "TMPDIR");
  private static final long SECONDS = 90;

  private final Process process;
  private final Path log;

  private Packaged(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static Packaged start(String service, Map<String, String> environment, Path folder)
      throws IOException {
    Path jar =
        Path.of(System.getProperty("nofate.root"))
            .resolve(MODULES.get(service))
            .resolve("target/quarkus-app/quarkus-run.jar");
    Path log = folder.resolve(service + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-jar",
                jar.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> all = new HashMap<>(builder.environment());
    all.keySet().retainAll(INHERITED);
    all.putAll(environment);
    builder.environment().clear();
    builder.environment().putAll(all);
    return new Packaged(builder.start(), log);
  }

  /** Waits for the end by itself; answers the exit code. */
  int ended() throws InterruptedException {
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("still runs after " + SECONDS + " s");
    }
    return process.exitValue();
  }

  boolean isRunning() {
    return process.isAlive();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static Map<String, String> modules() {
    Map<String, String> modules = new LinkedHashMap<>();
    modules.put("gate-service", "gate-service/app");
    modules.put("audit-service", "audit-service/app");
    modules.put("billing-service", "billing-service/app");
    modules.put("meter-worker", "meter-worker");
    modules.put("invoice-worker", "invoice-worker");
    return modules;
  }
}
