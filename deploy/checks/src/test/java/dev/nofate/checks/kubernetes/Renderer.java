package dev.nofate.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nofate.checks.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Turns an overlay into objects. */
interface Renderer {

  List<JsonNode> render(Path overlay);

  /** What renders on this machine: this module's own, and {@code kubectl} where it is. */
  static List<Renderer> available() {
    return kubectlOnPath() ? List.of(new OwnKustomize(), kubectl()) : List.of(new OwnKustomize());
  }

  private static boolean kubectlOnPath() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }

  private static Renderer kubectl() {
    return new Renderer() {
      @Override
      public List<JsonNode> render(Path overlay) {
        try {
          Process process =
              new ProcessBuilder("kubectl", "kustomize", overlay.toString())
                  .redirectError(ProcessBuilder.Redirect.INHERIT)
                  .start();
          String text = new String(process.getInputStream().readAllBytes());
          if (process.waitFor() != 0) {
            throw new IllegalStateException("kubectl does not render " + overlay);
          }
          return Yaml.documents(text);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(e);
        }
      }

      @Override
      public String toString() {
        return "kubectl";
      }
    };
  }
}
