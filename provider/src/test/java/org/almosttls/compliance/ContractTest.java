package org.almosttls.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every method of JSSE has its line, and the lines name tests that exist for both providers. */
class ContractTest {

    private static final int MOST_TODO = 107;

    private static Set<String> shown() {
        return Contract.all().stream().map(Contract::method).collect(Collectors.toSet());
    }

    @Test
    void everyMethodHasItsLine() {
        var shown = shown();
        var todo = Contract.todo();
        assertNone(
                ContractedMethods.all().stream().filter(method -> !shown.contains(method) && !todo.contains(method)));
    }

    @Test
    void everyLineHasItsMethod() {
        var known = ContractedMethods.all();
        assertNone(Contract.all().stream()
                .filter(Contract::isOfThisPlatform)
                .map(Contract::method)
                .filter(method -> !known.contains(method)));
    }

    @Test
    void noneIsThereTwice() {
        var seen = new TreeSet<String>();
        assertNone(Contract.all().stream().map(Contract::method).filter(method -> !seen.add(method)));
    }

    @Test
    void theTestsExistForBothProviders() {
        assertNone(Contract.all().stream().flatMap(Contract::runs).distinct().filter(test -> !TestNames.exists(test)));
    }

    @Test
    void littleIsLeftToDo() {
        var shown = shown();
        assertNone(Contract.todo().stream().filter(shown::contains));
        assertTrue(Contract.todo().size() <= MOST_TODO, () -> Contract.todo().size() + " methods");
    }

    private static void assertNone(Stream<String> wrong) {
        assertEquals(List.of(), wrong.toList());
    }
}
