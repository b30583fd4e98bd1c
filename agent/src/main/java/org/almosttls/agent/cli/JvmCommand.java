package org.almosttls.agent.cli;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.almosttls.agent.attach.Answer;
import org.almosttls.agent.attach.Exchange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the commands share that ask the agent in one JVM. They end with 0 if it was done, and with 1 and the reason. */
abstract class JvmCommand implements Callable<Integer> {

    private final File jar;
    private final Exchange.Verb verb;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PID", description = "The JVM's process, as ps lists it.")
    private long pid;

    JvmCommand(File jar, Exchange.Verb verb) {
        this.jar = jar;
        this.verb = verb;
    }

    /** Options, where the command has any. */
    abstract String text();

    @Override
    public Integer call() {
        try {
            Answer answer = new Jvm(pid).ask(jar, verb, text());
            if (!answer.done()) return refused(String.join(" ", answer.lines()));
            for (String line : answer.lines()) spec.commandLine().getOut().println(line);
            return 0;
        } catch (JvmRefused e) {
            return refused(e.getMessage());
        } catch (IOException e) {
            return refused(e.toString());
        } catch (NoClassDefFoundError noModule) {
            return refused(Refusals.NO_MODULE);
        }
    }

    private int refused(String why) {
        spec.commandLine().getErr().println(spec.name() + " " + pid + ": " + why);
        return 1;
    }

    /** {@code attach}. */
    @Command(name = "attach", description = "Put the agent under an application that runs.")
    static final class Attach extends JvmCommand {

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "WORD=VALUE[,WORD=VALUE]",
                description = "As behind -javaagent:almost-tls-agent.jar=")
        private String options = "";

        Attach(File jar) {
            super(jar, Exchange.Verb.ATTACH);
        }

        @Override
        String text() {
            return options;
        }
    }

    /** {@code detach}. */
    @Command(name = "detach", description = "Take the agent out again: hooks removed, log closed.")
    static final class Detach extends JvmCommand {

        Detach(File jar) {
            super(jar, Exchange.Verb.DETACH);
        }

        @Override
        String text() {
            return "";
        }
    }

    /** {@code status}. */
    @Command(name = "status", description = "Tell how the agent in a JVM is doing.")
    static final class Status extends JvmCommand {

        Status(File jar) {
            super(jar, Exchange.Verb.STATUS);
        }

        @Override
        String text() {
            return "";
        }
    }

    /** {@code set}. */
    @Command(name = "set", description = "Change options of the agent in a JVM while the application runs.")
    static final class SetWords extends JvmCommand {

        @Parameters(index = "1", paramLabel = "WORD=VALUE[,WORD=VALUE]", description = "What is to hold from now on.")
        private String changes = "";

        SetWords(File jar) {
            super(jar, Exchange.Verb.SET);
        }

        @Override
        String text() {
            return changes;
        }
    }
}
