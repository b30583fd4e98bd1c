package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our stack with every other, in combinations that the machine chooses; writes {@code target/interop.md}. */
class InteropMatrixTest {

    private static final Path PAGE = Path.of("target", "interop.md");

    private static final Map<OtherStack, List<Combination>> RAN = new EnumMap<>(OtherStack.class);
    private static final Set<OtherStack> TRIED = EnumSet.noneOf(OtherStack.class);
    private static final Set<Long> BEFORE = new HashSet<>();
    private static AnotherJvm jvm;

    /** Its stacks are tried while the programs are. */
    @BeforeAll
    static void begin() throws IOException {
        BEFORE.addAll(running());
        jvm = new AnotherJvm(
                Stream.of(OtherStack.values()).filter(OtherStack::isOfJava).toList());
    }

    @TestFactory
    Stream<DynamicTest> openssl() {
        var opposite = OtherStack.OPENSSL.opposite();
        return with(OtherStack.OPENSSL, (number, each) -> tryHere(opposite, each));
    }

    @TestFactory
    Stream<DynamicTest> gnutls() {
        var opposite = OtherStack.GNUTLS.opposite();
        return with(OtherStack.GNUTLS, (number, each) -> tryHere(opposite, each));
    }

    @TestFactory
    Stream<DynamicTest> sunJsse() {
        return with(OtherStack.SUNJSSE, (number, each) -> wentWellThere(OtherStack.SUNJSSE, number));
    }

    @TestFactory
    Stream<DynamicTest> bcJsse() {
        return with(OtherStack.BCJSSE, (number, each) -> wentWellThere(OtherStack.BCJSSE, number));
    }

    @TestFactory
    Stream<DynamicTest> conscrypt() {
        return with(OtherStack.CONSCRYPT, (number, each) -> wentWellThere(OtherStack.CONSCRYPT, number));
    }

    /** Throws if it goes wrong. */
    private interface Attempt {
        void at(int number, Combination combination) throws Exception;
    }

    private static void tryHere(Opposite opposite, Combination combination) {
        assertTimeoutPreemptively(JavaStacks.PATIENCE, () -> new InteropRun(opposite, combination).run());
    }

    private static void wentWellThere(OtherStack stack, int number) throws Exception {
        assertEquals("", jvm.outcome(stack, number));
    }

    private static Stream<DynamicTest> with(OtherStack stack, Attempt attempt) {
        TRIED.add(stack);
        var ran = RAN.computeIfAbsent(stack, any -> new CopyOnWriteArrayList<>());
        var plan = Plan.of(stack);
        return IntStream.range(0, plan.size())
                .mapToObj(number -> DynamicTest.dynamicTest(plan.get(number).toString(), () -> {
                    attempt.at(number, plan.get(number));
                    ran.add(plan.get(number));
                }));
    }

    /** Others than at the beginning. */
    private static Set<Long> running() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .filter(pid -> !BEFORE.contains(pid))
                .collect(Collectors.toSet());
    }

    /** What was tried of late is told only if all of it was. */
    @AfterAll
    static void thereIsNoHole() throws IOException {
        jvm.close();
        assertEquals(Set.of(), running(), "programs that still run");
        if (TRIED.size()
                < Stream.of(OtherStack.values()).filter(OtherStack::isThere).count()) return;
        var page = new InteropPage(RAN).text();
        Files.writeString(PAGE, page);
        assertFalse(page.contains(InteropPage.HOLE), page);
    }
}
