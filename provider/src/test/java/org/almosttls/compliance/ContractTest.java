package org.almosttls.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every method of JSSE has its line, and the lines name tests that exist for both providers. */
class ContractTest {

    private static Set<String> shown() {
        return Contract.all().stream().map(Contract::method).collect(Collectors.toSet());
    }

    @Test
    void everyMethodHasItsLine() {
        var shown = shown();
        assertNone(ContractedMethods.all().stream().filter(method -> !shown.contains(method)));
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

    private static void assertNone(Stream<String> wrong) {
        assertEquals(List.of(), wrong.toList());
    }
}
