package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How services and gateway are run: their command lines, and what says that a program was rebuilt.
 *
 * @param home the state folder
 * @param nativeServices whether the services are native executables; the gateway is a JVM always
 */
record Programs(Home home, boolean nativeServices) {

  private static final List<String> EVERY_JVM =
      List.of("-XX:+UseSerialGC", "-Xss512k", "-XX:+ExitOnOutOfMemoryError", "-Duser.timezone=UTC");

  /** Newer JDKs warn of what Netty does until they are told that it is known. */
  private static final List<String> FROM_JDK_24 =
      List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");

  /** A service with its environment. */
  JavaProcess service(Service service, Map<String, String> variables) {
    return nativeServices ? executable(service, variables) : jvm(service, variables);
  }

  /** A native executable takes the same heap limit and system properties as the JVM does. */
  private JavaProcess executable(Service service, Map<String, String> variables) {
    Path runner =
        service
            .executable(home.root())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "%s is not built as a native executable: ./mvnw package -Dnative"
                            .formatted(service.serviceName())));
    return new JavaProcess(
        home,
        service.serviceName(),
        runner,
        List.of("-Xmx" + service.heapMib() + "m"),
        variables,
        version(runner));
  }

  private JavaProcess jvm(Service service, Map<String, String> variables) {
    Path application = service.application(home.root());
    Path jar = application.resolve("quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new CommandFailure(service.serviceName() + " is not packaged: " + jar + " is missing");
    }
    List<String> command = everyJvm();
    command.addAll(List.of("-Xmx" + service.heapMib() + "m", "-jar", jar.toString()));
    return new JavaProcess(
        home,
        service.serviceName(),
        JavaProcess.java(),
        command,
        variables,
        version(application.resolve("app")));
  }

  /** The dev gateway in front of the services. */
  JavaProcess gateway(Ports ports, Map<String, String> telemetry) {
    Path jar = home.root().resolve("deploy/cli/target/nofate-run.jar");
    List<String> command = everyJvm();
    command.addAll(
        List.of(
            "-Xmx128m",
            "-jar",
            jar.toString(),
            "gateway",
            "--port=" + ports.of(Ports.GATEWAY),
            "--gate=" + ports.url(Service.GATE),
            "--audit=" + ports.url(Service.AUDIT),
            "--billing=" + ports.url(Service.BILLING)));
    return new JavaProcess(
        home, Ports.GATEWAY, JavaProcess.java(), command, telemetry, version(jar));
  }

  private static List<String> everyJvm() {
    List<String> options = new ArrayList<>(EVERY_JVM);
    if (Runtime.version().feature() >= 24) {
      options.addAll(FROM_JDK_24);
    }
    return options;
  }

  /** Time of the last change of a file, or of the files in a folder. */
  private static String version(Path path) {
    try (Stream<Path> files = Files.walk(path, 1)) {
      long newest = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
      }
      return String.valueOf(newest);
    } catch (IOException e) {
      throw new CommandFailure("cannot look at " + path + ": " + e.getMessage(), e);
    }
  }
}
