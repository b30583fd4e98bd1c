package org.almosttls.agent.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The options in force, with where each came from; some may be changed while the application runs. */
public final class OptionWords {

    private final GivenWords given;
    private final AgentOptions options;

    private OptionWords(GivenWords given) throws OptionRefused {
        this.given = given;
        this.options = AgentOptions.of(given);
    }

    /**
     * As {@link AgentOptions#of(String, Properties, Map)}.
     *
     * @throws OptionRefused as there
     */
    public static OptionWords of(String text, Properties properties, Map<String, String> environment)
            throws OptionRefused {
        return new OptionWords(GivenWords.from(text, properties, environment));
    }

    public AgentOptions options() {
        return options;
    }

    /**
     * These, but for what the text says.
     *
     * @param text as behind {@code -javaagent:almost-tls-agent.jar=}
     * @throws OptionRefused also for a word that cannot be changed while the application runs
     */
    public OptionWords changed(String text) throws OptionRefused {
        return new OptionWords(given.changed(text, options));
    }

    /** One line for each word that was given, and one for all others. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (AgentOption option : AgentOption.values()) {
            if (option.isQuestion()) continue;
            if (given.has(option)) lines.add(given.told(option));
            else others.add(option.word() + "=" + option.usual());
        }
        lines.add(String.join(", ", others) + " (by default)");
        return lines;
    }
}
