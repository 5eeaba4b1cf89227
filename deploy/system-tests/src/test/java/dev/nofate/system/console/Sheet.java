package dev.nofate.system.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A visitor's browser window: where it goes, what it complains of, what it looks like. */
final class Sheet implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AXE = axe();

  /** What axe is to look for: WCAG 2.2 up to AA, and what it calls good practice besides. */
  private static final String RUN =
      "async () => JSON.stringify((await axe.run(document, {resultTypes: ['violations'], runOnly:"
          + " ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}))"
          + ".violations.map(v => ({id: v.id, impact: v.impact, nodes: v.nodes.map(n => n.html)})))";

  private final BrowserContext context;
  private final Page page;
  private final String base;
  private final List<String> complaints = new ArrayList<>();

  Sheet(Browser browser, String base, int width, ColorScheme colours, boolean scripts) {
    this.base = base;
    this.context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setColorScheme(colours)
                .setJavaScriptEnabled(scripts));
    this.page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("status of 4")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  /** Opens an address; answers its status. */
  int open(String path) {
    Response response = page.navigate(base + path);
    return response.status();
  }

  Page page() {
    return page;
  }

  /** What the browser had to complain of: refused styles and scripts, failed requests. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** What axe finds on the page as it stands. */
  List<String> barriers() {
    page.evaluate(AXE);
    try {
      List<String> found = new ArrayList<>();
      for (JsonNode violation : JSON.readTree((String) page.evaluate(RUN))) {
        found.add(violation.toString());
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How far the page is wider than the window, in pixels. */
  int overflow() {
    return ((Number)
            page.evaluate(
                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  void shoot(Path file) {
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }

  @Override
  public void close() {
    context.close();
  }

  private static String axe() {
    try (InputStream script = Sheet.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
