package org.almosttls.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promises keep to their form, and name tests that exist. */
class PromisesTest {

    @Test
    void noneIsThereTwice() {
        for (var page : Promises.pages()) {
            var seen = new TreeSet<String>();
            assertNone(page.all().stream().map(Promise::toString).filter(words -> !seen.add(words)));
        }
    }

    @Test
    void theTestsExist() {
        assertNone(Promises.everyPromise()
                .flatMap(promise -> promise.tests().stream())
                .filter(test -> !TestNames.exists(test))
                .distinct());
    }

    private static void assertNone(Stream<String> wrong) {
        assertEquals(List.of(), wrong.toList());
    }
}
