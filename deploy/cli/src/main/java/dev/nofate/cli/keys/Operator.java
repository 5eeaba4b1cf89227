package dev.nofate.cli.keys;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.StackFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Where a command asks and with whose key: the stack of this machine, or another. */
final class Operator {

  @Option(
      names = "--url",
      paramLabel = "<URL>",
      description = "Base URL of the suite. Default: the stack of this machine.")
  private String url;

  @Option(
      names = "--key",
      paramLabel = "<nf_…>",
      description =
          "API key with scope admin. NOFATE_API_KEY holds it too, which no list of processes shows."
              + " Default: the stack's own.")
  private String key;

  @Option(
      names = "--tenant",
      paramLabel = "<UUID>",
      description = "Another tenant, with the operator's key.")
  private String tenant;

  /** With the key of the stack's own tenant, or the operator's when another tenant is named. */
  ApiClient client() {
    return client(stack -> tenant == null ? stack.apiKey() : stack.adminToken());
  }

  ApiClient operator() {
    return client(StackFile::adminToken);
  }

  /** The path, with the tenant when one is named. */
  String path(String path) {
    return tenant == null
        ? path
        : path
            + (path.contains("?") ? "&" : "?")
            + "tenant_id="
            + URLEncoder.encode(tenant, StandardCharsets.UTF_8);
  }

  private ApiClient client(Function<StackFile, String> own) {
    String given = key == null ? System.getenv("NOFATE_API_KEY") : key;
    boolean none = given == null || given.isBlank();
    if (url != null && none) {
      throw new CommandFailure("--url without --key or NOFATE_API_KEY");
    }
    if (url != null) {
      return new ApiClient(url, given);
    }
    StackFile stack =
        StackFile.read(Home.fromEnvironment())
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "no stack runs here: nofate up starts one, --url and --key name another"));
    return new ApiClient(stack.gatewayUrl(), none ? own.apply(stack) : given);
  }
}
