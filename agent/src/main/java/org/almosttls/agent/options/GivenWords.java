package org.almosttls.agent.options;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** The words that were given, each with its value and where it came from. */
final class GivenWords {

    private static final String AGENT_OPTIONS = "the agent's options";
    private static final String SET = "what is set";

    private final Map<AgentOption, Word> words = new EnumMap<>(AgentOption.class);

    private record Word(String value, String origin) {}

    private GivenWords() {}

    static GivenWords from(String text, Properties properties, Map<String, String> environment) throws OptionRefused {
        GivenWords given = new GivenWords();
        given.readText(text, AGENT_OPTIONS);
        given.readSurroundings(properties, environment);
        if (given.has(AgentOption.CONFIG) && !given.has(AgentOption.HELP)) given.readFile();
        return given;
    }

    /**
     * These, but for what the text says. Secrets are written to another file only if it says again that they may be.
     *
     * @param now what holds: where lines and secrets go stays so unless the text says otherwise
     */
    GivenWords changed(String text, AgentOptions now) throws OptionRefused {
        GivenWords changes = new GivenWords();
        changes.readText(text, SET);
        if (changes.words.isEmpty())
            throw new OptionRefused("nothing is set; what can be is " + AgentOption.changeable());
        for (AgentOption option : changes.words.keySet()) {
            if (option.isChangeable()) continue;
            throw new OptionRefused("\"" + option.word() + "\" cannot be set while the application runs, only "
                    + AgentOption.changeable() + "; detach, and attach again with it");
        }
        GivenWords changed = new GivenWords();
        changed.words.putAll(words);
        changed.fix(AgentOption.LOG, Optional.of(now.log()));
        changed.fix(AgentOption.KEYLOG, now.keyLog());
        if (changes.has(AgentOption.KEYLOG)) changed.words.remove(AgentOption.SECRETS);
        changed.words.putAll(changes.words);
        return changed;
    }

    /** The name that was made of a pattern, which would now be another one. */
    private void fix(AgentOption option, Optional<LogTarget> target) {
        if (has(option) && target.isPresent())
            words.put(option, new Word(target.get().name(), words.get(option).origin()));
    }

    /** Word, value and where it came from. */
    String told(AgentOption option) {
        Word word = words.get(option);
        return option.word() + "=" + (option.isSecret() ? "(not shown)" : word.value()) + " (" + word.origin() + ")";
    }

    boolean has(AgentOption option) {
        return words.containsKey(option);
    }

    String value(AgentOption option) {
        return words.get(option).value();
    }

    /** Nothing if nobody has given one. */
    Optional<String> anyValue(AgentOption option) {
        return has(option) ? Optional.of(value(option)) : Optional.empty();
    }

    /** The word as it was given and where, for messages. */
    String named(AgentOption option) {
        Word word = words.get(option);
        return word == null ? option.word() + " by default" : option.word() + " in " + word.origin();
    }

    <E extends Enum<E>> E choice(AgentOption option, Class<E> among, E usual) throws OptionRefused {
        if (!has(option)) return usual;
        String value = value(option);
        for (E candidate : among.getEnumConstants()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(value)) return candidate;
        }
        throw badValue(option);
    }

    /** One of the option's choices, as the table writes them. */
    String oneOf(AgentOption option) throws OptionRefused {
        if (!has(option)) return option.usual();
        String value = value(option);
        if (!option.allows(value)) throw badValue(option);
        return value;
    }

    /** Of what TLS does on request only, the words that say more than is usual, and what they say. */
    Map<String, String> requested() throws OptionRefused {
        Map<String, String> requested = new TreeMap<>();
        for (AgentOption option : AgentOption.values()) {
            if (option.isOnRequest() && !oneOf(option).equals(option.usual()))
                requested.put(option.word(), oneOf(option));
        }
        return requested;
    }

    OptionRefused badValue(AgentOption option) {
        return new OptionRefused(
                "bad value \"" + value(option) + "\" for " + named(option) + "; it is " + option.choices());
    }

    private void readText(String text, String origin) throws OptionRefused {
        if (text.isBlank()) return;
        AgentOption last = null;
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0 && last != null && last.isList() && !part.strip().equals(AgentOption.HELP.word())) {
                words.put(last, new Word(value(last) + "," + part.strip(), origin));
                continue;
            }
            String word = (equals < 0 ? part : part.substring(0, equals)).strip();
            AgentOption option = AgentOption.of(word, origin);
            if (option.isQuestion() == (equals >= 0)) {
                throw new OptionRefused("\"" + word + "\" in " + origin + " is written " + shapeOf(option));
            }
            if (has(option)) throw new OptionRefused("\"" + word + "\" is there twice in " + origin);
            put(option, part.substring(equals + 1), origin);
            if (option.isSecret())
                throw new OptionRefused("\"" + word + "\" has no place in " + origin
                        + ", which everybody sees; the system property, the environment and a file are for it");
            last = option;
        }
    }

    private static String shapeOf(AgentOption option) {
        return option.isQuestion() ? option.word() : option.word() + "=" + option.choices();
    }

    private void readSurroundings(Properties properties, Map<String, String> environment) throws OptionRefused {
        for (AgentOption option : AgentOption.values()) {
            if (option.isQuestion()) continue;
            String property = properties.getProperty(option.property());
            String variable = environment.get(option.variable());
            if (property != null) put(option, property, "the system property " + option.property());
            if (variable != null) put(option, variable, "the environment variable " + option.variable());
        }
    }

    private void readFile() throws OptionRefused {
        String file = value(AgentOption.CONFIG);
        Properties lines = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            lines.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new OptionRefused("cannot read \"" + file + "\", " + named(AgentOption.CONFIG));
        }
        String origin = "the configuration file " + file;
        for (String word : lines.stringPropertyNames()) {
            AgentOption option = AgentOption.of(word, origin);
            if (option.isQuestion() || option == AgentOption.CONFIG) {
                throw new OptionRefused("\"" + word + "\" has no place in " + origin);
            }
            put(option, lines.getProperty(word), origin);
        }
    }

    private void put(AgentOption option, String value, String origin) throws OptionRefused {
        Word word = new Word(value.strip(), origin);
        if (word.value().isEmpty() && !option.isQuestion()) {
            throw new OptionRefused("no value for " + option.word() + " in " + origin + "; it is " + option.choices());
        }
        words.putIfAbsent(option, word);
    }
}
