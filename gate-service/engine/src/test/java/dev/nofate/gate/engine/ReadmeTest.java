package dev.nofate.gate.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.gate.engine.rule.DeterministicSubset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the README's example. */
class ReadmeTest {

  @Test
  void theExampleOfTheReadmeRuns(@TempDir Path folder) throws Exception {
    List<String> lines = example();
    assertThat(lines).hasSize(10);
    Path source = folder.resolve("Example.java");
    Files.writeString(source, program(lines));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int status =
        compiler.run(
            null,
            null,
            errors,
            "-proc:none",
            "-d",
            folder.toString(),
            "-cp",
            classPath(),
            source.toString());
    assertThat(status).as(errors.toString(UTF_8)).isZero();

    assertThat(run(folder)).contains("\"state\" : \"DETERMINISTIC_COMPLIANCE\"");
  }

  @Test
  void theReadmeListsTheFunctionsOfTheSubset() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String list =
        readme.substring(
            readme.indexOf("<!-- functions -->"), readme.indexOf("<!-- /functions -->"));
    assertThat(list.lines().skip(1).flatMap(line -> Stream.of(line.split(" "))))
        .containsExactlyElementsOf(
            DeterministicSubset.FUNCTIONS.stream().map(name -> "`" + name + "`").toList());
  }

  private static String run(Path folder) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader =
            new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, ReadmeTest.class.getClassLoader());
        PrintStream captured = new PrintStream(output, true, UTF_8)) {
      System.setOut(captured);
      loader
          .loadClass("Example")
          .getMethod("run", String.class, String.class)
          .invoke(
              null,
              TestRulesets.TRANSFER,
              "{\"ruleset\":\"payments.transfer\",\"proposal\":{\"amount\":1,\"currency\":\"EUR\"},"
                  + "\"context\":{\"limit\":5},\"evaluated_at\":\"2026-11-23T10:00:00Z\"}");
    } finally {
      System.setOut(before);
    }
    return output.toString(UTF_8);
  }

  private static List<String> example() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```java\n") + 8;
    return readme.substring(start, readme.indexOf("```", start)).lines().toList();
  }

  private static String program(List<String> lines) {
    StringWriter program = new StringWriter();
    program.write("import static java.nio.charset.StandardCharsets.UTF_8;\n");
    program.write("import dev.nofate.gate.engine.*;\n");
    program.write("import dev.nofate.gate.engine.json.Octets;\n");
    program.write("import java.util.Optional;\n");
    program.write("public class Example {\n");
    program.write("  public static void run(String document, String body) {\n");
    program.write("    String tenant = \"0192f0c1-0000-7000-8000-000000000001\";\n");
    program.write("    Octets salt = Octets.ofHex(\"00112233445566778899aabbccddeeff\");\n");
    lines.forEach(line -> program.write("    " + line + "\n"));
    program.write("  }\n}\n");
    return program.toString();
  }

  /** Surefire hands its class path over in a manifest; this property holds the real one. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
