package org.almosttls.agent.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ps}: the JVMs of this user. It loads nothing into any of them. */
@Command(
        name = "ps",
        description = {
            "List the JVMs of this user, whether the agent is in, and their providers of TLS.",
            "Where mode=install is in, those are the application's list when it last asked for a context, with ours where"
                    + " it answers; with mode=observe, those whose contexts it has made. Before that, and without the"
                    + " agent, they are what the JVM's java.security and -Djava.security.properties name, but for the"
                    + " platform's own that have no TLS. \"-\" if that is not known."
        },
        mixinStandardHelpOptions = true)
final class PsCommand implements Callable<Integer> {

    private static final String ROW = "%-8s %-10s %-10s %-24s %s";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        try {
            say(String.format(ROW, "PID", "AGENT", "JAVA", "PROVIDERS", "MAIN"));
            for (Map.Entry<Long, String> each : Jvm.all().entrySet()) say(row(each.getKey(), mainOf(each.getValue())));
            return 0;
        } catch (NoClassDefFoundError noModule) {
            spec.commandLine().getErr().println("ps: " + Refusals.NO_MODULE);
            return 1;
        }
    }

    private static String row(long pid, String main) {
        try {
            Jvm.Card card = new Jvm(pid).card();
            return String.format(
                    ROW,
                    pid,
                    orDash(card.mode()),
                    card.javaVersion(),
                    orDash(card.providers()),
                    main.isEmpty() ? mainOf(card.command()) : main);
        } catch (JvmRefused e) {
            return String.format(ROW, pid, "?", "?", "?", main + " (" + e.getMessage() + ")");
        }
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /** Without the application's arguments, which may hold secrets. */
    private static String mainOf(String command) {
        return command.strip().split("\\s", 2)[0];
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
