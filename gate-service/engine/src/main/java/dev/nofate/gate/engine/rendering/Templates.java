package dev.nofate.gate.engine.rendering;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.DefaultMustacheVisitor;
import com.github.mustachejava.Mustache;
import com.github.mustachejava.MustacheException;
import com.github.mustachejava.MustacheParser;
import com.github.mustachejava.MustacheVisitor;
import com.github.mustachejava.TemplateContext;
import java.io.IOException;
import java.io.Writer;

/**
 * Mustache reduced to values, sections and comments. {@link TemplateCheck} tells an author what is
 * not offered; this class makes sure of it.
 */
final class Templates extends DefaultMustacheFactory {

  private final boolean escaped;

  Templates(boolean escaped) {
    super(
        name -> {
          throw new MustacheException("there is no other template");
        });
    this.escaped = escaped;
    setObjectHandler(new JsonValues());
  }

  @Override
  public void encode(String value, Writer writer) {
    if (escaped) {
      super.encode(value, writer);
      return;
    }
    try {
      writer.write(value);
    } catch (IOException e) {
      throw new MustacheException("the text cannot be written", e);
    }
  }

  @Override
  protected MustacheParser createParser() {
    MustacheParser parser = new Parser(this);
    parser.setAllowChangingDelimeters(false);
    return parser;
  }

  @Override
  public MustacheVisitor createMustacheVisitor() {
    return new Offered(this);
  }

  private static final class Parser extends MustacheParser {
    Parser(Templates templates) {
      super(templates);
    }
  }

  private static final class Offered extends DefaultMustacheVisitor {

    Offered(Templates templates) {
      super(templates);
    }

    @Override
    public void value(TemplateContext at, String variable, boolean encoded) {
      if (!encoded) {
        throw refused(at);
      }
      super.value(at, variable, true);
    }

    @Override
    public void name(TemplateContext at, String variable, Mustache mustache) {
      throw refused(at);
    }

    @Override
    public void checkName(TemplateContext at, String variable, Mustache mustache) {
      throw refused(at);
    }

    @Override
    public void partial(TemplateContext at, String variable, String indent) {
      throw refused(at);
    }

    @Override
    public void dynamicPartial(TemplateContext at, String variable, String indent) {
      throw refused(at);
    }

    @Override
    public void pragma(TemplateContext at, String pragma, String args) {
      throw refused(at);
    }

    @Override
    public void extend(TemplateContext at, String variable, Mustache mustache) {
      throw refused(at);
    }

    private static MustacheException refused(TemplateContext at) {
      return new MustacheException("the tag is not offered", at);
    }
  }
}
