package org.almosttls.compression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.almosttls.registry.CertificateCompressionAlgorithm;
import org.junit.jupiter.api.Test;

/** Libraries with native code are on the class path of many applications, which need not have asked for them. */
class NativeLibrariesTest {

    private static final List<CertificateCompressionAlgorithm> ALL = List.of(
            CertificateCompressionAlgorithm.ZLIB,
            CertificateCompressionAlgorithm.BROTLI,
            CertificateCompressionAlgorithm.ZSTD);

    /** Tells what there is in a JVM of its own. */
    static final class Telling {
        public static void main(String[] arguments) {
            System.out.println(ALL.stream()
                    .filter(each -> CertificateCompression.of(each).isPresent())
                    .toList());
        }
    }

    /** What it says on stdout and stderr. */
    private static String told(String... options) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Telling.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), told);
        return told.strip();
    }

    @Test
    void nobodyIsWarnedOfThem() throws Exception {
        boolean warns = Runtime.version().feature() >= 24;
        assertEquals((warns ? ALL.subList(0, 1) : ALL).toString(), told());
    }

    @Test
    void whereTheyAreAllowedTheyAreUsed() throws Exception {
        assertEquals(ALL.toString(), told("--enable-native-access=ALL-UNNAMED"));
    }
}
