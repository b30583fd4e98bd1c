package org.almosttls.crypto.jca;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class WideVectorsTest {

    /** Tells what it found out in a JVM of its own. */
    static final class Telling {
        public static void main(String[] arguments) {
            System.out.println(WideVectors.areUsed());
        }
    }

    private static String told(String option) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = Path.of("target", "classes") + File.pathSeparator + Path.of("target", "test-classes");
        var process = new ProcessBuilder(java, option, "-cp", classPath, Telling.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), told);
        return told.strip();
    }

    /** Whatever the processor has. */
    @Test
    @EnabledIfSystemProperty(named = "os.arch", matches = "amd64")
    void aJvmThatIsToldToDoWithoutThemDoes() throws Exception {
        assertEquals("false", told("-XX:UseAVX=2"));
    }

    @Test
    void aJvmWithoutManagementHasNoneThatWeKnowOf() throws Exception {
        assertEquals("false", told("--limit-modules=java.base"));
    }

    @Test
    void eitherIsFoundOutWithoutFailing() throws Exception {
        assertTrue(Set.of("true", "false").contains(told("-Xshare:auto")));
    }
}
