package org.almosttls.house;

import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Every Java source of the repository, main and test, all modules, parsed by the compiler. */
final class Sources {

    private Sources() {}

    /** The folder of the whole repository, from wherever in it the build runs the tests. */
    static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("META-INF-templates"))) folder = folder.getParent();
        if (folder == null) throw new IllegalStateException("the tests run outside of the repository");
        return folder;
    }

    static List<SourceFile> all() throws IOException {
        var root = repository();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = javaFiles(root)) {
            var units = files.getJavaFileObjectsFromPaths(sources.toList());
            var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
            var positions = Trees.instance(task).getSourcePositions();
            var parsed = new ArrayList<SourceFile>();
            for (var unit : task.parse()) {
                var path =
                        root.relativize(Path.of(unit.getSourceFile().toUri())).toString();
                var text = unit.getSourceFile().getCharContent(true).toString();
                parsed.add(SourceFile.of(path, text, unit, positions));
            }
            return parsed;
        }
    }

    private static Stream<Path> javaFiles(Path root) throws IOException {
        return Stream.of("provider", "agent", "sample-apps", "integration-tests", "benchmarks")
                .map(root::resolve)
                .filter(Files::isDirectory)
                .flatMap(Sources::walk)
                .filter(path -> path.toString().endsWith(".java"))
                .filter(path -> path.toString().contains("/src/"));
    }

    /** But for what the build makes, where files come and go while the tests run. */
    private static Stream<Path> walk(Path folder) {
        var all = new ArrayList<Path>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
                    return entered.endsWith("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    all.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
            return all.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
