package dev.nofate.cli.billing;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.api.ApiClient;
import dev.nofate.cli.stack.Home;
import dev.nofate.cli.stack.StackFile;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which suite is asked, and with whose key: the local stack's unless something else is named. */
public final class Target {

  /** Exit code of a question that was not answered, so that it is not taken for an answer. */
  static final int NOT_ANSWERED = 3;

  @Option(
      names = "--url",
      paramLabel = "<url>",
      description = "The gateway. Default: that of the stack that runs here.")
  private String url;

  @Option(
      names = "--key-env",
      paramLabel = "<variable>",
      description =
          "Environment variable that holds the API key, so that it stands in no command line."
              + " Default: NOFATE_API_KEY, and where that holds none the key of the stack that runs here.")
  private String keyVariable;

  /** As the operator. */
  ApiClient operator() {
    return client(StackFile::adminToken);
  }

  /** As a tenant. */
  public ApiClient tenant() {
    return client(StackFile::apiKey);
  }

  private ApiClient client(Function<StackFile, String> keyOf) {
    Optional<StackFile> stack = StackFile.read(Home.fromEnvironment());
    String address =
        Optional.ofNullable(url)
            .or(() -> stack.map(StackFile::gatewayUrl))
            .orElseThrow(
                () -> new CommandFailure("no stack runs here, and --url names no other suite"));
    return new ApiClient(address, key(stack, keyOf));
  }

  private String key(Optional<StackFile> stack, Function<StackFile, String> keyOf) {
    if (keyVariable != null) {
      return Optional.ofNullable(System.getenv(keyVariable))
          .filter(key -> !key.isBlank())
          .orElseThrow(() -> new CommandFailure("the variable " + keyVariable + " holds no key"));
    }
    return Optional.ofNullable(System.getenv("NOFATE_API_KEY"))
        .filter(key -> !key.isBlank())
        .or(() -> stack.map(keyOf).filter(key -> url == null))
        .orElseThrow(
            () ->
                new CommandFailure(
                    "--url needs --key-env or NOFATE_API_KEY: no key is sent elsewhere"));
  }
}
