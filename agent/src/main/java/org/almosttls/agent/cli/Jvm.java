package org.almosttls.agent.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.File;
import java.io.IOException;
import java.util.Properties;
import java.util.TreeMap;
import org.almosttls.agent.attach.Answer;
import org.almosttls.agent.attach.Exchange;
import org.almosttls.agent.attach.Signpost;

/** A running JVM of this user's, by the platform's attach. */
record Jvm(long pid) {

    /** How a JVM presents itself without any agent being loaded into it. */
    record Card(String javaVersion, String mode, String command) {}

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
            Properties system = machine.getSystemProperties();
            Properties agents = machine.getAgentProperties();
            return new Card(
                    system.getProperty("java.version", "?"),
                    agents.getProperty(Signpost.NAME, ""),
                    agents.getProperty("sun.java.command", ""));
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
