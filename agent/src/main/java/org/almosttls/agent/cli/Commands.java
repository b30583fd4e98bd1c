package org.almosttls.agent.cli;

import java.io.File;
import java.io.PrintWriter;
import org.almosttls.agent.options.AgentOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code java -jar almost-tls-agent.jar SUBCOMMAND}. */
@Command(
        name = "java -jar almost-tls-agent.jar",
        description = "AlmostTLS, the TLS stack for the JVM that explains itself.",
        mixinStandardHelpOptions = true,
        subcommands = HelpCommand.class)
public final class Commands implements Runnable {

    @Spec
    private CommandSpec spec;

    private Commands() {}

    /** Runs the subcommand and ends the JVM with its exit code. */
    public static void main(File jar, String[] arguments) {
        CommandLine line = new CommandLine(new Commands());
        System.exit(line.execute(arguments));
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
        out.println();
        out.print(AgentOptions.helpText());
        out.flush();
    }
}
