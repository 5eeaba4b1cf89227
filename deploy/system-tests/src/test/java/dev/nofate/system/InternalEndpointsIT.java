package dev.nofate.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who may call what below {@code /internal}, as compiled: every endpoint names its services and
 * nobody else, and a new endpoint, or a new caller of an old one, is written down here.
 */
class InternalEndpointsIT {

  private static final String PATH = "jakarta.ws.rs.Path";
  private static final String ROLES = "jakarta.annotation.security.RolesAllowed";
  private static final List<String> CODE =
      List.of(
          "gate-service/contract",
          "gate-service/app",
          "audit-service/contract",
          "audit-service/app",
          "billing-service/contract",
          "billing-service/app",
          "meter-worker",
          "invoice-worker");

  private static final Map<String, Set<String>> CALLERS =
      Map.ofEntries(
          Map.entry("CallersApi.resolve", Set.of("audit-service", "billing-service")),
          Map.entry(
              "AuditLogApi.append",
              Set.of("gate-service", "billing-service", "meter-worker", "invoice-worker")),
          Map.entry(
              "AuditLogApi.appendAll",
              Set.of("gate-service", "billing-service", "meter-worker", "invoice-worker")),
          Map.entry(
              "AuditLogApi.chains", Set.of("gate-service", "billing-service", "meter-worker")),
          Map.entry(
              "AuditLogApi.events", Set.of("gate-service", "billing-service", "meter-worker")),
          Map.entry("AuditLogApi.receipt", Set.of("gate-service")),
          Map.entry("AuditorApi.sums", Set.of("gate-service")),
          Map.entry("ChainTracesApi.traces", Set.of("meter-worker")),
          Map.entry("AccountsApi.open", Set.of("gate-service")),
          Map.entry("AccountsApi.standing", Set.of("gate-service")),
          Map.entry("LedgerApi.position", Set.of("meter-worker")),
          Map.entry("LedgerApi.file", Set.of("meter-worker")),
          Map.entry("LedgerApi.report", Set.of("meter-worker")),
          Map.entry("LedgerApi.observeOpenUsage", Set.of("meter-worker")),
          Map.entry("SettlementApi.claim", Set.of("invoice-worker")),
          Map.entry("SettlementApi.complete", Set.of("invoice-worker")),
          Map.entry("SettlementApi.fail", Set.of("invoice-worker")),
          Map.entry("SettlementApi.observe", Set.of("invoice-worker")),
          Map.entry("SettlementApi.subscription", Set.of("invoice-worker")),
          Map.entry("SettlementApi.checkout", Set.of("invoice-worker")),
          Map.entry("SettlementApi.meterFault", Set.of("invoice-worker")),
          Map.entry("SettlementApi.pollInvoices", Set.of("invoice-worker")),
          Map.entry("RecountsApi.due", Set.of("meter-worker")),
          Map.entry("RecountsApi.counted", Set.of("meter-worker")),
          Map.entry("EvaluationCountsApi.answered", Set.of("billing-service")),
          Map.entry("SettlementApi.expireGraces", Set.of("invoice-worker")),
          Map.entry("SettlementApi.outbox", Set.of("invoice-worker")),
          Map.entry("SettlementApi.recorded", Set.of("invoice-worker")));

  @Test
  void everyInternalEndpointNamesTheServicesThatMayCallIt() {
    Path root = Path.of(System.getProperty("nofate.root"));
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass type :
        new ClassFileImporter()
            .importPaths(
                CODE.stream().map(part -> root.resolve(part).resolve("target/classes")).toList())) {
      if (!type.isInterface()) {
        internal(type)
            .forEach(
                api ->
                    api.getMethods()
                        .forEach(
                            endpoint ->
                                found.put(
                                    api.getSimpleName() + "." + endpoint.getName(),
                                    callers(type, endpoint))));
      }
    }
    assertThat(found).isEqualTo(new TreeMap<>(CALLERS));
  }

  private static Stream<JavaClass> internal(JavaClass type) {
    return Stream.concat(Stream.of(type), type.getAllRawInterfaces().stream())
        .filter(api -> path(api).filter(p -> p.startsWith("/internal")).isPresent());
  }

  private static Set<String> callers(JavaClass type, JavaMethod endpoint) {
    JavaMethod serving =
        type.getMethods().stream()
            .filter(method -> method.getName().equals(endpoint.getName()))
            .filter(method -> method.getRawParameterTypes().equals(endpoint.getRawParameterTypes()))
            .findFirst()
            .orElseThrow();
    Set<String> services = new TreeSet<>();
    for (String role : roles(serving).or(() -> roles(type)).orElse(new String[] {"nobody named"})) {
      assertThat(role).as("%s.%s", type.getName(), endpoint.getName()).startsWith("service:");
      services.add(role.substring("service:".length()));
    }
    return services;
  }

  private static Optional<String[]> roles(CanBeAnnotated place) {
    return annotation(place, ROLES).map(values -> (String[]) values);
  }

  private static Optional<String> path(JavaClass type) {
    return annotation(type, PATH).map(Object::toString);
  }

  private static Optional<Object> annotation(CanBeAnnotated place, String name) {
    var annotations =
        place instanceof JavaClass type
            ? type.getAnnotations()
            : ((JavaMethod) place).getAnnotations();
    return annotations.stream()
        .filter(annotation -> annotation.getRawType().getName().equals(name))
        .findFirst()
        .flatMap(annotation -> annotation.get("value"));
  }
}
