package dev.nofate.cli.stack;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.api.HealthProbe;
import dev.nofate.cli.stack.StackFile.Running;
import dev.nofate.embedded.Bootstrap;
import dev.nofate.embedded.FreePort;
import dev.nofate.embedded.ServiceKeys;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Starts what is missing of the suite and ends what runs. */
public final class Stack {

  private final Home home;
  private final PrintWriter out;
  private final HealthProbe probe = new HealthProbe();

  public Stack(Home home, PrintWriter out) {
    this.home = home;
    this.out = out;
  }

  /**
   * What a start may be told.
   *
   * @param meterPeriod METER_PERIOD; null leaves it as it is
   * @param gracePeriod BILLING_GRACE_PERIOD; null leaves it as it is
   * @param patience how long all services together may take to become ready
   * @param variables by name of the service; they win over the stack's own
   * @param nativePrograms whether the services run as native executables; null leaves it as it is
   * @param telemetry variables about traces and logs; none leaves them as they are
   */
  public record Wishes(
      Duration meterPeriod,
      Duration gracePeriod,
      Duration patience,
      Map<String, Map<String, String>> variables,
      Boolean nativePrograms,
      Map<String, String> telemetry) {

    private static final Set<String> TELEMETRY =
        Set.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT",
            "OTEL_EXPORTER_OTLP_PROTOCOL",
            "OTEL_TRACES_SAMPLER_ARG",
            "LOG_JSON");

    public Wishes(Duration meterPeriod, Duration gracePeriod, Duration patience) {
      this(meterPeriod, gracePeriod, patience, Map.of());
    }

    public Wishes(
        Duration meterPeriod,
        Duration gracePeriod,
        Duration patience,
        Map<String, Map<String, String>> variables) {
      this(meterPeriod, gracePeriod, patience, variables, null, Map.of());
    }

    public Wishes withNative(Boolean wanted) {
      return new Wishes(meterPeriod, gracePeriod, patience, variables, wanted, telemetry);
    }

    /** With what an environment says of traces and logs, and nothing else of it. */
    public Wishes withTelemetryOf(Map<String, String> environment) {
      Map<String, String> chosen = new TreeMap<>(environment);
      chosen.keySet().retainAll(TELEMETRY);
      return new Wishes(meterPeriod, gracePeriod, patience, variables, nativePrograms, chosen);
    }
  }

  /**
   * Starts what does not run, restarts what runs with other settings or an older program, and
   * waits.
   */
  public StackFile up(Wishes wishes) {
    home.create();
    try (StackLock lock = StackLock.take(home)) {
      Secrets secrets = Secrets.of(home);
      DataParts running = DataParts.of(home);
      Ports ports = Ports.choose(home, part -> runs(running, part));
      DataParts data = startData(secrets, ports);
      ServiceEnvironment environment =
          new ServiceEnvironment(
              secrets,
              ports,
              Tuning.of(home, wishes),
              ServiceKeys.in(home.keys()),
              wishes.variables());
      startPrograms(environment, wishes.patience());
      StackFile before = describe(ports, secrets, data);
      before.write(home);
      Secrets complete = new TenantMaker(ports.url(Ports.GATEWAY)).withTenant(secrets);
      complete.save(home);
      StackFile described = describe(ports, complete, data);
      described.write(home);
      return described;
    }
  }

  /** Ends everything that runs for this state folder, orphans included; data and secrets stay. */
  public void down() {
    if (!home.folder().toFile().isDirectory()) {
      return;
    }
    home.create();
    try (StackLock lock = StackLock.take(home)) {
      JavaProcess.end(home, List.of(Ports.GATEWAY));
      JavaProcess.end(home, Service.names());
      DataParts data = DataParts.of(home);
      data.redis().stop();
      data.postgres().stop();
      new Orphans(home).end();
      home.stackFile().toFile().delete();
      Tuning.forget(home);
    }
  }

  /**
   * Does something that no part of the stack may run during, and that no other command may start
   * one during.
   */
  public <T> T whileDown(Supplier<T> work) {
    home.create();
    try (StackLock lock = StackLock.take(home)) {
      if (!new Orphans(home).find().isEmpty()) {
        throw new CommandFailure("parts of the stack run: nofate down ends them");
      }
      return work.get();
    }
  }

  /**
   * Starts one more process of a service beside the one that runs; {@link #down} ends it as well.
   *
   * @param number of the replica, from 2
   */
  public Running replicate(String service, int number, Duration patience) {
    Ports ports =
        StateFile.read(home.portsFile(), Ports.class)
            .orElseThrow(() -> new CommandFailure("no stack runs here: nofate up starts one"));
    Tuning tuning = Tuning.of(home);
    ServiceEnvironment environment =
        new ServiceEnvironment(
            Secrets.of(home), ports, tuning, ServiceKeys.in(home.keys()), Map.of());
    Service kind =
        Arrays.stream(Service.values())
            .filter(each -> each.serviceName().equals(service))
            .findFirst()
            .orElseThrow(() -> new CommandFailure("there is no service " + service));
    int port = FreePort.any();
    Map<String, String> variables = new LinkedHashMap<>(environment.of(kind));
    variables.put("PORT", String.valueOf(port));
    JavaProcess first = new Programs(home, tuning.nativePrograms()).service(kind, variables);
    String part = service + "-" + number;
    JavaProcess another =
        new JavaProcess(home, part, first.program(), first.command(), variables, first.version());
    ProcessHandle process = another.start();
    String url = "http://127.0.0.1:" + port;
    new Readiness(home, out)
        .await(
            Map.of(
                part, new Readiness.Awaited(process, () -> probe.isReady(url + "/q/health/ready"))),
            patience);
    return new Running(url, process.pid());
  }

  /** Ends every process of the state folder at once, as a power cut would. */
  public void kill() {
    List<ProcessHandle> processes = new Orphans(home).find();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  private boolean runs(DataParts data, String part) {
    return switch (part) {
      case Ports.POSTGRES -> data.postgres().process().isPresent();
      case Ports.REDIS -> data.redis().process().isPresent();
      default -> JavaProcess.find(home, part).isPresent();
    };
  }

  private DataParts startData(Secrets secrets, Ports ports) {
    DataParts data =
        DataParts.of(
            home, secrets.postgresPassword(), ports.of(Ports.POSTGRES), ports.of(Ports.REDIS));
    tell("postgres", ports.of(Ports.POSTGRES), data.postgres().process().isPresent());
    data.postgres().start();
    tell("redis", ports.of(Ports.REDIS), data.redis().process().isPresent());
    data.redis().start();
    Bootstrap.run(data.postgres().superuser(), secrets.logins());
    return data;
  }

  private void startPrograms(ServiceEnvironment environment, Duration patience) {
    Programs programs = new Programs(home, environment.tuning().nativePrograms());
    Ports ports = environment.ports();
    Map<String, JavaProcess> wanted = new LinkedHashMap<>();
    for (Service service : Service.values()) {
      wanted.put(service.serviceName(), programs.service(service, environment.of(service)));
    }
    wanted.put(Ports.GATEWAY, programs.gateway(ports, environment.tuning().telemetry()));

    Map<String, Readiness.Awaited> awaited = new LinkedHashMap<>();
    JavaProcess.end(
        home,
        wanted.values().stream()
            .filter(program -> !program.isCurrent())
            .map(JavaProcess::part)
            .toList());
    wanted.forEach(
        (part, program) -> {
          boolean current = program.isCurrent();
          tell(part, ports.of(part), current);
          ProcessHandle process =
              current ? JavaProcess.find(home, part).orElseThrow() : program.start();
          awaited.put(part, new Readiness.Awaited(process, ready(ports, part)));
        });
    new Readiness(home, out).await(awaited, patience);
  }

  private BooleanSupplier ready(Ports ports, String part) {
    return part.equals(Ports.GATEWAY)
        ? () -> probe.answers(ports.url(part))
        : () -> probe.isReady(ports.url(part) + "/q/health/ready");
  }

  private StackFile describe(Ports ports, Secrets secrets, DataParts data) {
    Map<String, Running> services = new LinkedHashMap<>();
    Service.names().forEach(name -> services.put(name, running(ports, name)));
    Secrets.DemoTenant tenant = secrets.tenant();
    return new StackFile(
        ports.url(Ports.GATEWAY),
        tenant == null ? null : tenant.apiKey(),
        tenant == null ? null : tenant.tenantId(),
        secrets.adminToken(),
        services,
        running(ports, Ports.GATEWAY),
        new Running(data.superuser().uri(), pid(data.postgres().process())),
        new Running(data.redis().url(), pid(data.redis().process())),
        secrets.stripeWebhookSecret());
  }

  private Running running(Ports ports, String part) {
    return new Running(ports.url(part), pid(JavaProcess.find(home, part)));
  }

  private static long pid(Optional<ProcessHandle> process) {
    return process.map(ProcessHandle::pid).orElse(0L);
  }

  private void tell(String part, int port, boolean runsAlready) {
    out.printf("  %-16s %s on port %d%n", part, runsAlready ? "runs" : "starting", port);
    out.flush();
  }
}
