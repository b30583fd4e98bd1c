package org.almosttls.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The classes that a JVM loads, by what it says of them. */
record LoadedClasses(Path log) {

    static LoadedClasses to(Path folder) throws IOException {
        return new LoadedClasses(Files.createTempFile(folder, "loaded", ".txt"));
    }

    AgentJvm noted(AgentJvm jvm) {
        return jvm.with("-Xlog:class+load:file=" + log + "::filecount=0");
    }

    /** Of the JVM, which has ended. */
    Set<String> names() throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(" source: "))
                    .map(line -> line.replaceAll("^(\\[[^]]*])+ | source: .*$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
