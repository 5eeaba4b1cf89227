package dev.nofate.checks;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public prefixes as the development gateway states them, in its source. */
public final class GatewayPaths {

  private static final Pattern ROUTE =
      Pattern.compile("new Route\\(\"([^\"]+)\", Backend\\.([A-Z]+)\\)");

  private GatewayPaths() {}

  /** The service behind each prefix; the longest prefix that covers a path counts. */
  public static Map<String, String> prefixes() {
    Matcher route =
        ROUTE.matcher(
            Repository.text(
                Repository.path(
                    "deploy/cli/src/main/java/dev/nofate/cli/gateway/GatewayRoutes.java")));
    Map<String, String> prefixes = new HashMap<>();
    while (route.find()) {
      prefixes.put(route.group(1), route.group(2).toLowerCase(Locale.ROOT) + "-service");
    }
    return prefixes;
  }
}
