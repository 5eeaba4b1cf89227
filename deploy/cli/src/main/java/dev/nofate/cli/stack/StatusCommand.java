package dev.nofate.cli.stack;

import dev.nofate.cli.Json;
import dev.nofate.cli.api.HealthProbe;
import dev.nofate.embedded.DatabaseUrl;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what runs. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows every part of the stack and whether it is healthy.",
    footer = {"", "Exit code 1 when a part is down or not ready."})
public final class StatusCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final HealthProbe probe = new HealthProbe();

  @Override
  public Integer call() {
    Home home = Home.fromEnvironment();
    Optional<Ports> ports = StateFile.read(home.portsFile(), Ports.class);
    List<PartStatus> parts = ports.map(found -> look(home, found)).orElse(List.of());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.pretty(parts));
    } else if (parts.isEmpty()) {
      out.println("Nothing was ever started in " + home.folder());
    } else {
      show(out, parts);
    }
    out.flush();
    return !parts.isEmpty() && parts.stream().allMatch(PartStatus::healthy) ? 0 : 1;
  }

  private List<PartStatus> look(Home home, Ports ports) {
    Secrets secrets = Secrets.of(home);
    int postgresPort = ports.of(Ports.POSTGRES);
    DataParts data =
        DataParts.of(home, secrets.postgresPassword(), postgresPort, ports.of(Ports.REDIS));
    List<PartStatus> parts = new ArrayList<>();
    parts.add(
        part(
            Ports.GATEWAY,
            ports.url(Ports.GATEWAY),
            JavaProcess.find(home, Ports.GATEWAY),
            () -> probe.answers(ports.url(Ports.GATEWAY))));
    for (String name : Service.names()) {
      parts.add(
          part(
              name,
              ports.url(name),
              JavaProcess.find(home, name),
              () -> probe.isReady(ports.url(name) + "/q/health/ready")));
    }
    DatabaseUrl shown = data.superuser();
    parts.add(
        part(Ports.POSTGRES, shown.toString(), data.postgres().process(), data::postgresAnswers));
    parts.add(
        part(Ports.REDIS, data.redis().url(), data.redis().process(), data.redis()::answersPing));
    return parts;
  }

  private static PartStatus part(
      String name,
      String url,
      Optional<ProcessHandle> process,
      java.util.function.BooleanSupplier healthy) {
    if (process.isEmpty()) {
      return new PartStatus(name, url, null, false, null);
    }
    java.util.OptionalLong memory = MemoryUse.mib(process.get());
    return new PartStatus(
        name,
        url,
        process.get().pid(),
        healthy.getAsBoolean(),
        memory.isPresent() ? memory.getAsLong() : null);
  }

  private static void show(PrintWriter out, List<PartStatus> parts) {
    out.printf("%-16s %-10s %8s %10s  %s%n", "PART", "STATE", "PID", "MEMORY", "URL");
    for (PartStatus part : parts) {
      out.printf(
          "%-16s %-10s %8s %10s  %s%n",
          part.name(),
          part.state(),
          part.pid() == null ? "-" : part.pid(),
          part.memoryMib() == null ? "-" : part.memoryMib() + " MiB",
          part.url());
    }
    long sum =
        parts.stream()
            .filter(part -> part.memoryMib() != null)
            .mapToLong(PartStatus::memoryMib)
            .sum();
    out.printf("%-16s %-10s %8s %10s%n", "together", "", "", sum + " MiB");
  }
}
