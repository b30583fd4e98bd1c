package org.almosttls.real;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** An application of Spring Boot in the jar that its build plugins make: libraries are jars in it, and its own loader reads them. */
final class BootJar {

    private static final String LIBRARIES =
            "(spring-(?!boot-loader)|tomcat-embed-core|micrometer-|commons-logging|jakarta\\.annotation-api|jspecify).*";

    private BootJar() {}

    static Path in(Path folder) throws IOException {
        Path plain = folder.resolve("plain.jar");
        pack(Path.of("target", "classes"), plain);
        List<File> libraries =
                Way.jars(name -> name.matches(LIBRARIES)).map(Path::toFile).toList();
        Path jar = folder.resolve("boot.jar");
        var packer = new Repackager(plain.toFile());
        packer.setMainClass("ordinary.boot.BootSite");
        packer.repackage(jar.toFile(), callback -> {
            for (File library : libraries) callback.library(new Library(library, LibraryScope.COMPILE));
        });
        return jar;
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> own = Files.walk(classes.resolve("ordinary/boot"))) {
            for (Path each : own.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, out);
            }
        }
    }
}
