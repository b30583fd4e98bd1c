package org.almosttls.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules for names that a machine can check. */
class NamesTest {

    /** Words that say that a class is something, and not what. */
    private static final Pattern EMPTY_WORD = Pattern.compile(".*(Impl|Utils?|Helper|Manager|Context|Data)");

    private static List<SourceFile> files;

    @BeforeAll
    static void parse() throws IOException {
        files = Sources.all();
    }

    @Test
    void noTypeIsNamedByAnEmptyWord() {
        assertNone(files.stream()
                .flatMap(file -> file.types().stream())
                .filter(type -> EMPTY_WORD.matcher(type.name()).matches())
                .filter(type -> !type.name().startsWith("AlmostSslContext"))
                // RFC 8446 §4.2.10: early data is a thing of its own.
                .filter(type -> !type.name().endsWith("EarlyData"))
                .map(type -> type.file() + ": " + type.name()));
    }

    /** A test may shape a stand-in like a class of the platform's, whose look-ups are all called so. */
    @Test
    void onlyOverridesAreNamedGet() {
        assertNone(files.stream()
                .flatMap(file -> file.methods().stream())
                .filter(method -> method.name().matches(".*\\.get[A-Z].*"))
                .filter(method -> !method.overrides())
                .filter(method ->
                        !method.name().endsWith(".getInstance") || method.file().contains("/src/main/"))
                // It has the place of a class of the platform's.
                .filter(method -> !method.file().endsWith("/agent/quiet/Logger.java"))
                .map(method -> method.file() + ": " + method.name()));
    }

    @Test
    void everyPackageSaysWhatItIs() {
        var told = files.stream()
                .filter(file -> file.fileName().equals("package-info.java"))
                .map(SourceFile::folder)
                .collect(Collectors.toSet());
        assertNone(files.stream()
                .filter(file -> file.isMain() && !file.isSample())
                .filter(file -> !file.fileName().equals("module-info.java"))
                .map(SourceFile::folder)
                .distinct()
                .filter(folder -> !told.contains(folder)));
    }

    @Test
    void noSampleAppImportsAlmostTls() {
        assertNone(files.stream()
                .filter(SourceFile::isSample)
                .filter(file -> file.text().contains("import org.almosttls"))
                .map(SourceFile::path));
    }

    private static void assertNone(Stream<String> offenders) {
        assertEquals("", offenders.sorted().collect(Collectors.joining("\n")));
    }
}
