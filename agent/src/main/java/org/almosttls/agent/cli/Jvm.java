package org.almosttls.agent.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;
import org.almosttls.agent.attach.Answer;
import org.almosttls.agent.attach.Exchange;
import org.almosttls.agent.attach.Signpost;
import org.almosttls.agent.attach.TlsProviders;

/** A running JVM of this user's, by the platform's attach. */
record Jvm(long pid) {

    /**
     * How a JVM presents itself without any agent being loaded into it.
     *
     * @param mode the agent's, empty if it is not in
     * @param providers of TLS, with commas: as the agent has seen them, or else as they are configured; empty if unknown
     */
    record Card(String javaVersion, String mode, String command, String providers) {

        static Card of(long pid, Properties system, Properties agents) {
            String mode = agents.getProperty(Signpost.NAME, "");
            String seen = mode.isEmpty() ? "" : agents.getProperty(Signpost.PROVIDERS, "");
            return new Card(
                    system.getProperty("java.version", "?"),
                    mode,
                    agents.getProperty("sun.java.command", ""),
                    seen.isEmpty() ? configured(mode, new ConfiguredProviders(rootOf(pid), system)) : seen);
        }

        private static String configured(String mode, ConfiguredProviders providers) {
            return providers
                    .names()
                    .map(names -> String.join(",", TlsProviders.under(mode, names)))
                    .orElse("");
        }

        /** Where the system tells it. */
        private static String rootOf(long pid) {
            String root = "/proc/" + pid + "/root";
            return Files.isReadable(Path.of(root)) ? root : "";
        }
    }

    /** All that say that they are there, this one left out, each with its main class as far as it is known. */
    static TreeMap<Long, String> all() {
        TreeMap<Long, String> all = new TreeMap<>();
        for (VirtualMachineDescriptor each : VirtualMachine.list()) {
            if (each.id().matches("[0-9]{1,18}")) all.put(Long.parseLong(each.id()), each.displayName());
        }
        all.remove(ProcessHandle.current().pid());
        return all;
    }

    Card card() throws JvmRefused {
        VirtualMachine machine = attach();
        try {
            return Card.of(pid, machine.getSystemProperties(), machine.getAgentProperties());
        } catch (IOException e) {
            throw Refusals.of(e);
        } finally {
            leave(machine);
        }
    }

    /**
     * Loads the agent's jar into it, which answers there.
     *
     * @param jar the agent's
     * @param text options, where there are any
     */
    Answer ask(File jar, Exchange.Verb verb, String text) throws JvmRefused, IOException {
        VirtualMachine machine = attach();
        Exchange exchange = Exchange.open();
        try {
            exchange.ask(verb, text);
            machine.loadAgent(jar.getAbsolutePath(), "@" + exchange.folder());
            return exchange.answer()
                    .orElseThrow(() -> new JvmRefused("the agent there does not answer; its stderr may say why"));
        } catch (AgentLoadException | AgentInitializationException e) {
            throw Refusals.of(e);
        } finally {
            exchange.delete();
            leave(machine);
        }
    }

    private VirtualMachine attach() throws JvmRefused {
        ProcessFacts.of(pid).check();
        try {
            return VirtualMachine.attach(Long.toString(pid));
        } catch (AttachNotSupportedException | IOException e) {
            throw Refusals.of(e);
        }
    }

    private static void leave(VirtualMachine machine) {
        try {
            machine.detach();
        } catch (IOException gone) {
            return;
        }
    }
}
