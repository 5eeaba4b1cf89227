package dev.nofate.kit.problem;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;

/**
 * Which methods an address serves. The address of a path is the most literal template that it fits
 * (Jakarta REST 3.7.2); the framework itself looks among the templates of the request's method
 * alone, and so takes the literal part of one address for the parameter of another.
 */
@ApplicationScoped
class ServedMethods {

  private static final Pattern PARAMETER = Pattern.compile("\\{[^{}]*(?:\\{[^{}]*}[^{}]*)*}");

  private record Address(Pattern path, int literals, Set<String> methods) {
    static Address of(String shape, Set<String> methods) {
      return new Address(pattern(shape), PARAMETER.matcher(shape).replaceAll("").length(), methods);
    }
  }

  private volatile List<Address> addresses = List.of();

  /** The methods in alphabetical order; none when nothing has this address. */
  Set<String> at(String path) {
    if (addresses.isEmpty()) {
      addresses = addresses(deployed(ResteasyReactiveRecorder.getCurrentDeployment()));
    }
    return at(addresses, path);
  }

  /** The same for these templates and their methods. */
  static Set<String> at(Map<String, Set<String>> templates, String path) {
    return at(addresses(templates), path);
  }

  private static Set<String> at(List<Address> addresses, String path) {
    String plain = plain(path);
    return addresses.stream()
        .filter(address -> address.path().matcher(plain).matches())
        .max(Comparator.comparingInt(Address::literals))
        .map(Address::methods)
        .orElse(Set.of());
  }

  /** Templates that differ in the names of their parameters are one address. */
  private static List<Address> addresses(Map<String, Set<String>> templates) {
    Map<String, Set<String>> shapes = new TreeMap<>();
    templates.forEach(
        (template, methods) -> {
          Set<String> all = shapes.computeIfAbsent(shape(template), shape -> new TreeSet<>());
          all.addAll(methods);
          if (methods.contains("GET")) {
            all.add("HEAD");
          }
        });
    return shapes.entrySet().stream()
        .map(entry -> Address.of(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String shape(String template) {
    return PARAMETER
        .matcher(plain(template))
        .replaceAll(parameter -> parameter.group().contains(":") ? "{:}" : "{}");
  }

  /** A parameter with an expression of its own may span segments. */
  private static Pattern pattern(String shape) {
    StringBuilder pattern = new StringBuilder();
    Matcher parameter = PARAMETER.matcher(shape);
    int end = 0;
    while (parameter.find()) {
      pattern
          .append(Pattern.quote(shape.substring(end, parameter.start())))
          .append(parameter.group().contains(":") ? ".+" : "[^/]+");
      end = parameter.end();
    }
    return Pattern.compile(pattern + Pattern.quote(shape.substring(end)));
  }

  /** Methods with several representations have no resource of their own, but their place here. */
  private static Map<String, Set<String>> deployed(Deployment deployment) {
    Map<String, Set<String>> found = new TreeMap<>();
    for (RequestMapper.RequestPath<InitialMatch> type : deployment.getClassMappers()) {
      Stream.of(type.value.handlers)
          .filter(ClassRoutingHandler.class::isInstance)
          .map(ClassRoutingHandler.class::cast)
          .forEach(routing -> collect(type.template.template, routing, found));
    }
    return found;
  }

  private static void collect(
      String prefix, ClassRoutingHandler routing, Map<String, Set<String>> found) {
    routing
        .getMappers()
        .forEach(
            (method, mapper) -> {
              if (method != null) {
                mapper
                    .getTemplates()
                    .forEach(
                        path ->
                            found
                                .computeIfAbsent(
                                    prefix + "/" + path.template.template,
                                    template -> new TreeSet<>())
                                .add(method));
              }
            });
  }

  /** One slash in front and between, none at the end. */
  private static String plain(String path) {
    String single = ("/" + path).replaceAll("/{2,}", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }
}
