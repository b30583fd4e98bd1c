package org.almosttls.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** One Java source file: its length, and the types and methods declared in it. */
record SourceFile(String path, String text, List<TypeDeclaration> types, List<MethodDeclaration> methods) {

    /** @param fields how many fields that are not static */
    record TypeDeclaration(String file, String name, Tree.Kind kind, int fields) {}

    /** @param lines from the first modifier or annotation to the closing brace */
    record MethodDeclaration(String file, String name, int lines, int parameters, boolean overrides, Tree.Kind owner) {}

    static SourceFile of(String path, String text, CompilationUnitTree unit, SourcePositions positions) {
        var declarations = new Declarations(path, unit, positions);
        declarations.scan(unit, null);
        return new SourceFile(path, text, declarations.types, declarations.methods);
    }

    int lines() {
        return (int) text.lines().count();
    }

    /** Whether the file opens with a sentence that says why it exceeds a budget. */
    boolean pleads() {
        return header().contains("Budget: ");
    }

    boolean isMain() {
        return path.contains("/src/main/");
    }

    boolean isSample() {
        return path.startsWith("sample-apps/") || path.startsWith("integration-tests/src/main/");
    }

    String folder() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private String header() {
        return text.lines()
                .takeWhile(line -> !line.contains("class ") && !line.contains("record ") && !line.contains("enum "))
                .reduce("", (a, b) -> a + '\n' + b);
    }

    private static final class Declarations extends TreeScanner<Void, ClassTree> {

        private final String path;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<TypeDeclaration> types = new ArrayList<>();
        private final List<MethodDeclaration> methods = new ArrayList<>();

        Declarations(String path, CompilationUnitTree unit, SourcePositions positions) {
            this.path = path;
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, ClassTree outer) {
            int fields = (int) type.getMembers().stream()
                    .filter(member -> member instanceof VariableTree field
                            && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                    .count();
            types.add(new TypeDeclaration(path, type.getSimpleName().toString(), type.getKind(), fields));
            return super.visitClass(type, type);
        }

        @Override
        public Void visitMethod(MethodTree method, ClassTree owner) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            methods.add(new MethodDeclaration(
                    path,
                    owner.getSimpleName() + "." + method.getName(),
                    linesOf(method),
                    method.getParameters().size(),
                    overrides,
                    owner.getKind()));
            return super.visitMethod(method, owner);
        }

        private int linesOf(Tree tree) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, tree));
            return (int) (lines.getLineNumber(positions.getEndPosition(unit, tree)) - first + 1);
        }
    }
}
