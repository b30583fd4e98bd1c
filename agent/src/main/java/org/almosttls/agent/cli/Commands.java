package org.almosttls.agent.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
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
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nUnder an application:%n",
        subcommands = HelpCommand.class)
public final class Commands implements Runnable {

    @Spec
    private CommandSpec spec;

    private Commands() {}

    /**
     * Runs the subcommand and ends the JVM with its exit code.
     *
     * @param jar the agent's
     */
    public static void main(File jar, String[] arguments) throws IOException {
        System.exit(line(jar).execute(arguments));
    }

    static CommandLine line(File jar) throws IOException {
        CommandLine line = new CommandLine(new Commands());
        line.addSubcommand(new DemoCommand(jar));
        line.addSubcommand(new LabCommand());
        line.addSubcommand(new CaCommand());
        line.addSubcommand(new PsCommand());
        line.addSubcommand(new JvmCommand.Attach(jar));
        line.addSubcommand(new JvmCommand.Detach(jar));
        line.addSubcommand(new JvmCommand.Status(jar));
        line.addSubcommand(new JvmCommand.SetWords(jar));
        line.getCommandSpec().version("AlmostTLS " + versionOf(jar));
        line.getCommandSpec()
                .usageMessage()
                .footer(AgentOptions.helpText().replace("%", "%%").split("\n"));
        return line;
    }

    private static String versionOf(File file) throws IOException {
        try (JarFile jar = new JarFile(file)) {
            return jar.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        }
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        spec.commandLine().usage(out);
    }
}
