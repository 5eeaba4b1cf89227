package dev.nofate.cli.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nofate.cli.publication.ContractLine.Difference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * I1, I2, I4: the publication gate over what this build made, and over what it is there to find.
 */
class PublicationGateIT {

  private static final String FIFTH = "PROVISIONAL_COMPLIANCE";
  private static final Path ROOT = Path.of(System.getProperty("nofate.root"));

  private static ScratchDatabase database;
  private static Built built;

  @TempDir Path folder;

  @BeforeAll
  static void read() {
    database = ScratchDatabase.make(ROOT, ROOT.resolve("deploy/system-tests/target/programs"));
    built = Built.read(CodeBase.below(ROOT));
  }

  @AfterAll
  static void end() {
    database.close();
  }

  @Test
  void whatThisBuildMadeKeepsTheContract() {
    PublicationReport report = PublicationGate.check(built, database);

    assertThat(report.lines()).flatExtracting(ContractLine::differences).isEmpty();
    assertThat(report.holds()).isTrue();
    assertThat(report.lines()).extracting(ContractLine::line).hasSize(7).doesNotHaveDuplicates();
    assertThat(report.lines()).allSatisfy(line -> assertThat(line.checked()).isNotEmpty());
  }

  @Test
  void findsAFifthStateInAnEnum() throws IOException {
    ClassWriter type = new ClassWriter(0);
    type.visit(Opcodes.V17, Opcodes.ACC_ENUM, "planted/State", null, "java/lang/Enum", null);
    for (String name :
        List.of(
            "DETERMINISTIC_COMPLIANCE",
            "DETERMINISTIC_VIOLATION",
            "NO_DETERMINISTIC_OUTCOME",
            "INVALID_INPUT",
            FIFTH)) {
      type.visitField(Opcodes.ACC_ENUM | Opcodes.ACC_STATIC, name, "Lplanted/State;", null, null);
    }
    Files.write(folder.resolve("State.class"), type.toByteArray());

    found(states(built.code().withClasses(folder)), "planted.State", FIFTH);
  }

  @Test
  void findsAFifthStateInTheDatabasesConstraint() throws SQLException {
    try (Connection connection = database.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE gate.planted (state text CHECK (state IN (
            'DETERMINISTIC_COMPLIANCE', 'DETERMINISTIC_VIOLATION',
            'NO_DETERMINISTIC_OUTCOME', 'INVALID_INPUT', '%s')))
          """
              .formatted(FIFTH));
      try {
        found(new FourStates(built, database.checkConstraints()).check(), "gate.planted", FIFTH);
      } finally {
        statement.execute("DROP TABLE gate.planted");
      }
    }
  }

  @Test
  void findsAFifthStateInAnOpenApiDocument() throws IOException {
    Path listed =
        file(
            "listed.yaml",
            """
            components:
              schemas:
                State:
                  enum: [DETERMINISTIC_COMPLIANCE, DETERMINISTIC_VIOLATION, NO_DETERMINISTIC_OUTCOME,
                    INVALID_INPUT, PENDING]
            """);
    Path told = file("told.yaml", "info:\n  description: Answers " + FIFTH + " for now.\n");

    found(states(built.code().withOpenApi(listed)), "listed.yaml", "PENDING");
    found(states(built.code().withOpenApi(told)), "told.yaml", FIFTH);
  }

  @Test
  void findsAFifthStateOnAPageButNotInAComment() throws IOException {
    Path page = file("page.html", "<!-- " + FIFTH + "S --><td>" + FIFTH + "</td>");

    ContractLine line = states(built.code().withPage(page));

    found(line, "page.html", FIFTH);
    assertThat(line.differences()).hasSize(1);
  }

  @Test
  void findsAStateThatIsMissing() throws IOException {
    Path document = file("three.yaml", "enum: [INVALID_INPUT, NO_DETERMINISTIC_OUTCOME]\n");

    found(states(built.code().withOpenApi(document)), "three.yaml", "DETERMINISTIC_COMPLIANCE");
  }

  @Test
  void findsAdviceInATemplateWhateverBranchItStandsIn() throws IOException {
    Path template =
        file("planted.html", "{#if page.kept}<p>Please wait.</p>{#else}<p>{! try !}none</p>{/if}");

    ContractLine line =
        new NoAdvice(Built.read(only(template)), NoAdvice.WordList.shipped()).check();

    assertThat(line.differences())
        .filteredOn(difference -> difference.place().endsWith("planted.html"))
        .singleElement()
        .satisfies(difference -> assertThat(difference.observed()).contains("\"please\""));
  }

  @Test
  void readsEveryTemplateAndAssetOfTheConsole() {
    assertThat(built.pages().keySet())
        .extracting(Path::toString)
        .anyMatch(page -> page.endsWith("templates/console/layout.html"))
        .anyMatch(page -> page.endsWith("templates/console/evaluation.html"))
        .anyMatch(page -> page.endsWith("templates/tags/stateMark.html"))
        .anyMatch(page -> page.endsWith("console/assets/console.css"));
  }

  @Test
  void findsAdviceAsAWholeWordOnly() throws IOException {
    Path page = file("page.html", "<p>The entry was retried by its country. Please wait.</p>");

    ContractLine line = new NoAdvice(Built.read(only(page)), NoAdvice.WordList.shipped()).check();

    assertThat(line.differences())
        .filteredOn(difference -> difference.place().endsWith("page.html"))
        .singleElement()
        .satisfies(difference -> assertThat(difference.observed()).contains("\"please\""));
  }

  @Test
  void findsAMigrationThatOpensTheLog() throws IOException {
    file(
        "V99__open.sql",
        """
        -- DELETE FROM audit_events in a comment is nothing
        GRANT SELECT, UPDATE ON audit_events TO audit_app;
        DELETE FROM billing.usage_ledger WHERE entry_no = 1;
        """);

    ContractLine line =
        new ImmutableTables(Built.read(built.code().withMigrations(folder)), database).check();

    assertThat(line.differences()).hasSize(2);
    found(line, "V99__open.sql", "UPDATE ON audit_events");
    found(line, "V99__open.sql", "DELETE FROM billing.usage_ledger");
  }

  @Test
  void findsALoginThatMayChangeTheLog() throws SQLException {
    try (Connection connection = database.superuser().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE billing.price_book DISABLE TRIGGER price_book_is_immutable");
      statement.execute("GRANT UPDATE ON billing.price_book TO billing_app");
      try {
        found(
            new ImmutableTables(built, database).check(),
            "billing_app",
            "UPDATE billing.price_book");
      } finally {
        statement.execute("REVOKE UPDATE ON billing.price_book FROM billing_app");
        statement.execute("ALTER TABLE billing.price_book ENABLE TRIGGER price_book_is_immutable");
      }
    }
  }

  @Test
  void findsAClockRandomnessAThreadAndAFileInPureCode() {
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC,
        "dev/nofate/gate/engine/Planted",
        null,
        "java/lang/Object",
        null);
    MethodVisitor body = type.visitMethod(Opcodes.ACC_STATIC, "peek", "()V", null, null);
    body.visitCode();
    call(body, "java/time/Instant", "now", "()Ljava/time/Instant;");
    call(body, "java/util/UUID", "randomUUID", "()Ljava/util/UUID;");
    call(body, "java/lang/Thread", "currentThread", "()Ljava/lang/Thread;");
    call(body, "java/nio/file/FileSystems", "getDefault", "()Ljava/nio/file/FileSystem;");
    body.visitInsn(Opcodes.RETURN);
    body.visitMaxs(0, 0);
    body.visitEnd();
    ContractLine.Notes notes = new ContractLine.Notes("pure");

    new PureBytecode(notes, PureBytecode.Rules.shipped())
        .check(ClassReading.of(type.toByteArray()));

    for (String excluded :
        List.of("a clock", "randomness", "java.lang.Thread", "java.nio.file.FileSystems")) {
      found(notes.line(), "dev.nofate.gate.engine.Planted", excluded);
    }
  }

  @Test
  void findsAnEvaluationThatIsStoredWithoutTheLog() {
    ClassWriter type = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "planted/Shortcut", null, "java/lang/Object", null);
    MethodVisitor body = type.visitMethod(Opcodes.ACC_STATIC, "store", "()V", null, null);
    body.visitCode();
    body.visitLdcInsn("INSERT INTO evaluations (tenant_id) VALUES ($1)");
    body.visitInsn(Opcodes.POP);
    body.visitInsn(Opcodes.RETURN);
    body.visitMaxs(0, 0);
    body.visitEnd();
    ContractLine.Notes notes = new ContractLine.Notes("paths");
    List<ClassFacts> classes = new java.util.ArrayList<>(built.module(CodeBase.GATE));
    classes.add(ClassReading.of(type.toByteArray()));

    new StoringPaths(notes).check(classes);

    assertThat(notes.line().differences()).hasSize(1);
    found(notes.line(), "planted.Shortcut.store", "without the audit log");
  }

  private ContractLine states(CodeBase code) {
    return new FourStates(Built.read(code), database.checkConstraints()).check();
  }

  private CodeBase only(Path page) {
    return new CodeBase(ROOT, built.code().classes(), List.of(), List.of(page), List.of());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
  }

  private static void call(MethodVisitor body, String owner, String name, String descriptor) {
    body.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    body.visitInsn(Opcodes.POP);
  }

  private static void found(ContractLine line, String place, String observed) {
    assertThat(line.holds()).isFalse();
    assertThat(line.differences())
        .anySatisfy(
            (Difference difference) -> {
              assertThat(difference.place()).contains(place);
              assertThat(difference.observed()).contains(observed);
            });
  }
}
