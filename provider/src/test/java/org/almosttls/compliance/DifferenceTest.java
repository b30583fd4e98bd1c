package org.almosttls.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of differences names tests that exist. */
class DifferenceTest {

    @Test
    void everyDifferenceHasItsTest() {
        assertFalse(Difference.all().isEmpty());
        assertEquals(
                List.of(),
                Difference.all().stream()
                        .filter(row -> row.tests().isEmpty())
                        .map(Difference::what)
                        .toList());
    }

    @Test
    void theTestsExist() {
        assertEquals(
                List.of(),
                Difference.all().stream()
                        .flatMap(Difference::runs)
                        .filter(test -> !TestNames.exists(test))
                        .toList());
    }
}
