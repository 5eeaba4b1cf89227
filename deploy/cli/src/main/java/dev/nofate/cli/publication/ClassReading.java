package dev.nofate.cli.publication;

import dev.nofate.cli.CommandFailure;
import dev.nofate.cli.publication.ClassFacts.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Reads class files with ASM. */
final class ClassReading extends ClassVisitor {

  private static final int API = Opcodes.ASM9;

  private String name;
  private final List<String> supertypes = new ArrayList<>();
  private final List<String> enumConstants = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<ClassFacts.Method> methods = new ArrayList<>();

  private ClassReading() {
    super(API);
  }

  /** Every class below a folder, by file order. */
  static List<ClassFacts> below(Path folder) {
    return CodeBase.files(folder, ".class").stream().map(ClassReading::of).toList();
  }

  static ClassFacts of(Path file) {
    try {
      return of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new CommandFailure("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static ClassFacts of(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassReading facts = new ClassReading();
    reader.accept(facts, ClassReader.SKIP_DEBUG);
    Set<String> types = new TreeSet<>();
    reader.accept(new ClassRemapper(new NullClass(), collectingInto(types)), 0);
    return new ClassFacts(
        facts.name,
        facts.supertypes,
        facts.enumConstants,
        facts.texts,
        List.copyOf(types),
        facts.methods);
  }

  @Override
  public void visit(
      int version,
      int access,
      String className,
      String signature,
      String superName,
      String[] interfaces) {
    name = className;
    if (superName != null) {
      supertypes.add(superName);
    }
    supertypes.addAll(List.of(interfaces));
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    return new AnnotationTexts(texts);
  }

  @Override
  public FieldVisitor visitField(
      int access, String field, String descriptor, String signature, Object value) {
    if ((access & Opcodes.ACC_ENUM) != 0) {
      enumConstants.add(field);
    }
    if (value instanceof String text) {
      texts.add(text);
    }
    return new FieldVisitor(API) {
      @Override
      public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
        return new AnnotationTexts(texts);
      }
    };
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String signature, String[] exceptions) {
    List<Reference> references = new ArrayList<>();
    List<String> own = new ArrayList<>();
    methods.add(new ClassFacts.Method(method, descriptor, references, own));
    return new Body(references, own, texts);
  }

  private static final class Body extends MethodVisitor {

    private final List<Reference> references;
    private final List<String> own;
    private final List<String> texts;

    Body(List<Reference> references, List<String> own, List<String> texts) {
      super(API);
      this.references = references;
      this.own = own;
      this.texts = texts;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      return new AnnotationTexts(texts);
    }

    @Override
    public AnnotationVisitor visitParameterAnnotation(
        int parameter, String descriptor, boolean visible) {
      return new AnnotationTexts(texts);
    }

    @Override
    public void visitLdcInsn(Object value) {
      constant(value);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
      references.add(new Reference(owner, field, descriptor));
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String method, String descriptor, boolean isInterface) {
      references.add(new Reference(owner, method, descriptor));
    }

    /** A lambda's body is a method of its own; whoever makes the lambda refers to it. */
    @Override
    public void visitInvokeDynamicInsn(
        String method, String descriptor, org.objectweb.asm.Handle bootstrap, Object... arguments) {
      for (Object argument : arguments) {
        constant(argument);
      }
    }

    private void constant(Object value) {
      if (value instanceof String text) {
        own.add(text);
        texts.add(text);
      } else if (value instanceof org.objectweb.asm.Handle handle) {
        references.add(new Reference(handle.getOwner(), handle.getName(), handle.getDesc()));
      }
    }
  }

  private static final class AnnotationTexts extends AnnotationVisitor {

    private final List<String> texts;

    AnnotationTexts(List<String> texts) {
      super(API);
      this.texts = texts;
    }

    @Override
    public void visit(String member, Object value) {
      if (value instanceof String text) {
        texts.add(text);
      }
    }

    @Override
    public AnnotationVisitor visitAnnotation(String member, String descriptor) {
      return this;
    }

    @Override
    public AnnotationVisitor visitArray(String member) {
      return this;
    }
  }

  /** Remapping asks for the name of every type there is; this remapper writes them down. */
  private static Remapper collectingInto(Set<String> types) {
    return new Remapper(API) {
      @Override
      public String map(String internalName) {
        types.add(internalName);
        return internalName;
      }
    };
  }

  private static final class NullClass extends ClassVisitor {
    NullClass() {
      super(API);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String method, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(API) {};
    }

    @Override
    public FieldVisitor visitField(
        int access, String field, String descriptor, String signature, Object value) {
      return new FieldVisitor(API) {};
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      return new AnnotationVisitor(API) {};
    }
  }
}
