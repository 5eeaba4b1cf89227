package dev.nofate.system.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.nofate.system.suite.Proposals;
import dev.nofate.system.suite.Suite;
import dev.nofate.system.suite.SuiteTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every page in a real browser, for an admin, a reader, the operator and a stranger: walked,
 * searched for barriers and for style or script that the browser refused, and pictured in light and
 * dark, narrow and wide. The pictures are in {@code target/console}.
 */
@SuiteTest
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleBrowserIT {

  private static final int NARROW = 360;
  private static final int WIDE = 1280;
  private static final ContainsTextOptions WITHIN = new ContainsTextOptions().setTimeout(30_000);
  private static final Path PICTURES = Path.of("target", "console");

  private final List<String> found = new ArrayList<>();
  private Chromium chromium;
  private Exhibition exhibition;

  @BeforeAll
  void open(Suite suite) {
    chromium = Chromium.start();
    exhibition = Exhibition.of(suite);
  }

  @AfterAll
  void close() {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void nothingFoundYet() {
    found.clear();
  }

  @AfterEach
  void nothingWasFound() {
    assertThat(found).isEmpty();
  }

  @Test
  void everyPageOfAnAdmin() {
    Map<String, String> pages = new LinkedHashMap<>(exhibition.pages());
    pages.putAll(exhibition.adminPages());
    look("admin", pages);
  }

  @Test
  void everyPageOfAReader() {
    try (Sheet sheet = sheet(NARROW, ColorScheme.DARK, true)) {
      sheet.open(exhibition.link("reader"));
      walk(sheet, "reader", exhibition.pages(), NARROW, ColorScheme.DARK);
      exhibition
          .adminPages()
          .values()
          .forEach(path -> assertThat(sheet.open(path)).as(path).isEqualTo(403));
      sheet.open("/console/evaluations/" + exhibition.evaluation());
      assertThat(sheet.page().getByText("Erase content").count()).isZero();
    }
  }

  @Test
  void everyPageOfTheOperator() {
    look("operator", exhibition.operatorPages());
  }

  @Test
  void aStrangerSeesTheSignInPageAndTheStatus() {
    try (Sheet sheet = sheet(WIDE, ColorScheme.LIGHT, true)) {
      exhibition
          .pages()
          .forEach(
              (name, path) ->
                  assertThat(sheet.open(path))
                      .as(path)
                      .isEqualTo(name.equals("status") ? 200 : 401));
    }
    everyWay(
        (sheet, width, colours) -> {
          sheet.open("/console");
          judge(sheet, "stranger", "sign-in", width, colours);
          sheet.open("/console/status");
          judge(sheet, "stranger", "status", width, colours);
        });
  }

  @Test
  void theKeyboardReachesEverythingInOrder() {
    try (Sheet sheet = sheet(WIDE, ColorScheme.LIGHT, true)) {
      sheet.open(exhibition.link("admin"));
      Page page = sheet.page();
      page.keyboard().press("Tab");
      assertThat(focused(page)).isEqualTo("Skip to the content");
      page.keyboard().press("Enter");
      page.waitForFunction("() => document.activeElement.id === 'content'");
      sheet.open("/console/evaluations");
      for (int i = 0; i < 40 && !focused(page).equals("Filter"); i++) {
        page.keyboard().press("Tab");
      }
      page.keyboard().press("Enter");
      page.locator("#state").waitFor();
    }
  }

  @Test
  void aReplayAndAVerificationAndAKeyWithoutScripts() {
    try (Sheet sheet = sheet(WIDE, ColorScheme.LIGHT, false)) {
      sheet.open(exhibition.link("admin"));
      Page page = sheet.page();
      sheet.open("/console/evaluations/" + exhibition.evaluation());
      page.locator("form[action$='/replay'] button").click();
      shows(page, "are the recorded ones");
      sheet.shoot(PICTURES.resolve("admin-replay.png"));

      sheet.open("/console/audit");
      page.locator("form[action$='/verification'] button").click();
      shows(page, "Every event is where");
      sheet.shoot(PICTURES.resolve("admin-verification.png"));

      sheet.open("/console/admin");
      page.getByText("Make a key").click();
      page.locator("#name").fill("made in a browser");
      page.locator("input[value=evaluate]").check();
      page.locator("form[action='/console/admin/keys'] button").click();
      assertThat(page.locator(".secret").innerText()).startsWith("nf_");
      sheet.shoot(PICTURES.resolve("admin-key.png"));

      sheet.open("/console/draft");
      page.locator("#document").fill("{\"name\":\"payments.transfer\"}");
      page.locator("button.first").click();
      shows(page, "fault(s) were found");
      sheet.shoot(PICTURES.resolve("admin-draft-faults.png"));

      page.locator("form[action='/console/sign-out'] button").click();
      assertThat(sheet.open("/console")).isEqualTo(401);
    }
  }

  @Test
  void theExportAndAReceiptAreTheLogsOwn() {
    try (Sheet sheet = sheet(WIDE, ColorScheme.LIGHT, true)) {
      sheet.open(exhibition.link("reader"));
      String base = exhibition.suite().gatewayUrl();
      String export = sheet.page().request().get(base + "/console/audit/export").text();
      String own = new String(exhibition.tenant().export(), StandardCharsets.UTF_8);
      assertThat(export).isNotEmpty();
      assertThat(own).startsWith(export.strip());
      assertThat(
              sheet
                  .page()
                  .request()
                  .get(base + "/console/evaluations/" + exhibition.evaluation() + "/receipt")
                  .text())
          .startsWith("c2sp.org/tlog-proof");
    }
  }

  /** No address of the console goes along: the provider is not told who looked from where. */
  @Test
  void anInvoiceIsOpenedAtTheProviderFromTheBillingPage() {
    Map<String, Map<String, String>> asked = new LinkedHashMap<>();
    try (Sheet sheet = sheet(WIDE, ColorScheme.LIGHT, true)) {
      Page page = sheet.page();
      page.route(
          "https://*.stripe.com/**",
          route -> {
            asked.put(route.request().url(), route.request().headers());
            route.fulfill(new Route.FulfillOptions().setBody("the invoice"));
          });
      sheet.open(exhibition.link("reader"));
      for (String link : List.of("Page", "PDF")) {
        sheet.open("/console/billing");
        page.getByText(link + " of invoice 8C2E41AB-0001").first().click();
        assertThat(page.locator("body").innerText()).isEqualTo("the invoice");
      }
      assertThat(sheet.complaints()).isEmpty();
    }
    assertThat(asked.keySet())
        .containsExactly(
            "https://invoice.stripe.com/i/" + Proposals.INVOICE_LINK + "?s=ap",
            "https://pay.stripe.com/invoice/" + Proposals.INVOICE_LINK + "/pdf?s=ap");
    assertThat(asked.values()).noneMatch(headers -> headers.containsKey("referer"));
  }

  @Test
  void theLiveTailShowsWhatIsAnsweredMeanwhile() {
    try (Sheet sheet = sheet(WIDE, ColorScheme.LIGHT, true)) {
      sheet.open(exhibition.link("reader"));
      sheet.open("/console/evaluations?tail=on");
      String fresh =
          exhibition
              .tenant()
              .evaluate("{\"ruleset\":\"payments.transfer\"}")
              .then()
              .extract()
              .path("evaluation_id");
      sheet
          .page()
          .locator("#rows a[href$='" + fresh + "']")
          .waitFor(new com.microsoft.playwright.Locator.WaitForOptions().setTimeout(60_000));
      assertThat(sheet.complaints()).isEmpty();
    }
  }

  private void look(String role, Map<String, String> pages) {
    everyWay(
        (sheet, width, colours) -> {
          sheet.open(exhibition.link(role));
          walk(sheet, role, pages, width, colours);
        });
  }

  private void walk(
      Sheet sheet, String role, Map<String, String> pages, int width, ColorScheme colours) {
    pages.forEach(
        (name, path) -> {
          assertThat(sheet.open(path)).as(path).isEqualTo(name.equals("nothing") ? 404 : 200);
          judge(sheet, role, name, width, colours);
        });
  }

  /** What is done with a window of some width and colours. */
  private interface Way {
    void look(Sheet sheet, int width, ColorScheme colours);
  }

  private void everyWay(Way way) {
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(NARROW, WIDE)) {
        try (Sheet sheet = sheet(width, colours, true)) {
          way.look(sheet, width, colours);
        }
      }
    }
  }

  /** Looks at one page; what is wrong with it is told with everything else at the test's end. */
  private void judge(Sheet sheet, String role, String name, int width, ColorScheme colours) {
    String what =
        "%s-%s-%d-%s".formatted(role, name, width, colours.name().toLowerCase(Locale.ROOT));
    sheet.shoot(PICTURES.resolve(what + ".png"));
    sheet.barriers().forEach(barrier -> found.add(what + ": axe: " + barrier));
    sheet.complaints().forEach(complaint -> found.add(what + ": browser: " + complaint));
    if (sheet.overflow() > 0) {
      found.add(what + ": too wide by pixels: " + sheet.overflow());
    }
  }

  private Sheet sheet(int width, ColorScheme colours, boolean scripts) {
    return new Sheet(chromium.browser(), exhibition.suite().gatewayUrl(), width, colours, scripts);
  }

  /** Waits for what the server answers to a form. */
  private static void shows(Page page, String text) {
    PlaywrightAssertions.assertThat(page.locator("main")).containsText(text, WITHIN);
  }

  private static String focused(Page page) {
    return (String) page.evaluate("() => document.activeElement.innerText.trim()");
  }
}
