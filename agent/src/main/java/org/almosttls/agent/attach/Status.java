package org.almosttls.agent.attach;

import java.lang.instrument.Instrumentation;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.install.Stay;
import org.almosttls.agent.options.OptionWords;

/** What there is to know of an agent that is in. */
record Status(OptionWords words, Stay stay, long startMillis) {

    private static final String CONTEXT = "SSLContext.TLS";
    private static final List<String> IN_USE = List.of("sun.security.jca.Providers", "javax.net.ssl.SSLContext");

    static String inWords(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    List<String> lines(Instrumentation instrumentation) {
        List<String> lines = new ArrayList<>();
        add(lines, "agent", "AlmostTLS " + Version.ours());
        add(lines, "java", System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"));
        add(lines, "mode", inWords(words.options().mode()));
        add(lines, "start-up", startMillis + " ms");
        add(lines, "providers", providers(inWords(words.options().mode()), instrumentation));
        for (Map.Entry<String, String> hook : stay.hooks().entrySet())
            add(lines, "hook", hook.getKey() + " " + hook.getValue());
        add(lines, "sessions", stay.reports().figures());
        add(lines, "failures", AgentBridge.failures() + " swallowed");
        add(
                lines,
                "log",
                words.options().log().name() + ", " + inWords(words.options().format()) + ", detail "
                        + inWords(words.options().detail()));
        for (String option : words.lines()) add(lines, "option", option);
        return lines;
    }

    private static void add(List<String> lines, String name, String value) {
        lines.add(String.format("%-10s %s", name, value));
    }

    /** Those that have TLS, in their order; not asked before the application has asked for any, since that decides it. */
    private static String providers(String mode, Instrumentation instrumentation) {
        List<String> missing = new ArrayList<>(IN_USE);
        for (Class<?> type : instrumentation.getAllLoadedClasses()) missing.remove(type.getName());
        if (!missing.isEmpty()) return "not asked for by the application yet";
        List<String> names = new ArrayList<>();
        for (Provider provider : Security.getProviders(CONTEXT)) names.add(provider.getName());
        return String.join(", ", TlsProviders.under(mode, names));
    }
}
