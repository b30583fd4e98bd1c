package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;

/**
 * A program that tries our stack with those that are part of a JVM, in one where versions and suites are enabled that
 * the platform disables for a whole process; and says of each combination how it went.
 */
final class JavaStacks {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Logger CHATTY = Logger.getLogger("org.bouncycastle");

    private JavaStacks() {}

    public static void main(String[] names) {
        var out = System.out;
        System.setOut(System.err);
        CHATTY.setLevel(Level.WARNING);
        endWithTheParent();
        for (var name : names) tryAll(OtherStack.valueOf(name), out);
        out.flush();
        System.exit(0);
    }

    /** Its end of the standard input is the last that is heard of it, however it ends. */
    private static void endWithTheParent() {
        var thread = new Thread(() -> {
            try {
                System.in.transferTo(PrintStream.nullOutputStream());
                System.exit(1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void tryAll(OtherStack stack, PrintStream out) {
        var opposite = stack.opposite();
        var plan = Plan.of(stack);
        for (int i = 0; i < plan.size(); i++)
            out.println(stack.name() + ' ' + i + ' ' + outcome(stack, opposite, plan.get(i)));
    }

    private static void attempt(OtherStack stack, Opposite opposite, Combination combination) throws SSLException {
        try {
            run(opposite, combination);
        } catch (SSLException unlucky) {
            if (stack != OtherStack.SUNJSSE || !Sense.isOfChance(combination)) throw unlucky;
            run(opposite, combination);
        }
    }

    private static void run(Opposite opposite, Combination combination) throws SSLException {
        assertTimeoutPreemptively(PATIENCE, () -> new InteropRun(opposite, combination).run());
    }

    /** Empty if all went well; in one line. */
    private static String outcome(OtherStack stack, Opposite opposite, Combination combination) {
        try {
            attempt(stack, opposite, combination);
            return "";
        } catch (Throwable failed) {
            var trace = new StringWriter();
            failed.printStackTrace(new PrintWriter(trace));
            return trace.toString().replace('\n', '\t');
        }
    }
}
