package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our stack with every other, in combinations that the machine chooses; writes {@code target/interop.md}. */
class InteropMatrixTest {

    private static final Path PAGE = Path.of("target", "interop.md");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<OtherStack, List<Combination>> RAN = new EnumMap<>(OtherStack.class);
    private static final Set<OtherStack> TRIED = EnumSet.noneOf(OtherStack.class);

    @TestFactory
    Stream<DynamicTest> openssl() {
        return with(OtherStack.OPENSSL);
    }

    @TestFactory
    Stream<DynamicTest> gnutls() {
        return with(OtherStack.GNUTLS);
    }

    @TestFactory
    Stream<DynamicTest> sunJsse() {
        return with(OtherStack.SUNJSSE);
    }

    @TestFactory
    Stream<DynamicTest> bcJsse() {
        return with(OtherStack.BCJSSE);
    }

    private static Stream<DynamicTest> with(OtherStack stack) {
        var opposite = stack.opposite();
        TRIED.add(stack);
        var ran = RAN.computeIfAbsent(stack, any -> new CopyOnWriteArrayList<>());
        return combinations(stack).stream()
                .map(each -> DynamicTest.dynamicTest(each.toString(), () -> {
                    assertTimeoutPreemptively(PATIENCE, () -> new InteropRun(opposite, each).run());
                    ran.add(each);
                }));
    }

    private static List<Combination> combinations(OtherStack stack) {
        return Covering.ofPairs(Dimension.combinations()
                .filter(it -> Exclusion.makesSense(stack, it))
                .filter(it -> Exclusion.reasons(stack, it).isEmpty())
                .toList());
    }

    /** What was tried of late is told only if all of it was. */
    @AfterAll
    static void thereIsNoHole() throws IOException {
        if (TRIED.size()
                < Stream.of(OtherStack.values()).filter(OtherStack::isThere).count()) return;
        var page = new InteropPage(RAN).text();
        Files.writeString(PAGE, page);
        assertFalse(page.contains(InteropPage.HOLE), page);
        assertEquals(TRIED, RAN.keySet());
    }
}
