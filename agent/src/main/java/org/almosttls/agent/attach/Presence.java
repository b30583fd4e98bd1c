package org.almosttls.agent.attach;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.almosttls.agent.boot.AgentBridge;
import org.almosttls.agent.boot.AttachBridge;
import org.almosttls.agent.boot.Forgetting;
import org.almosttls.agent.install.AgentStart;
import org.almosttls.agent.install.Stay;
import org.almosttls.agent.options.AgentOptions;
import org.almosttls.agent.options.LogTarget;
import org.almosttls.agent.options.OptionRefused;
import org.almosttls.agent.options.OptionWords;
import org.almosttls.agent.report.Told;

/** The agent in this JVM, from when it came until it leaves; meanwhile it answers what the commands ask. */
public final class Presence implements Predicate<String> {

    private final Instrumentation instrumentation;
    private final Stay stay;
    private final Told told;
    private final long startMillis;
    private OptionWords words;

    private Presence(OptionWords words, Instrumentation instrumentation, Stay stay, Told told, long since) {
        this.words = words;
        this.told = told;
        this.instrumentation = instrumentation;
        this.stay = stay;
        this.startMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    /**
     * Comes with the JVM, or is loaded into it by something other than our commands.
     *
     * @param text the agent's options as the user wrote them, empty if none
     * @param since by {@link System#nanoTime()}, when the JVM called us
     * @return whether it stays
     * @throws Exception if the JVM refuses the hooks
     */
    public static boolean start(String text, Instrumentation instrumentation, Long since) throws Exception {
        Told told = new Told(System.err);
        try {
            OptionWords words = OptionWords.of(text, System.getProperties(), System.getenv());
            if (words.options().help()) System.err.print(AgentOptions.helpText());
            else if (words.options().mode() == AgentOptions.Mode.OFF) return false;
            else if (AgentBridge.claim()) return arrived(words, instrumentation, told, since);
            else told.line("there is an AlmostTLS agent in this process already; this one does nothing");
        } catch (OptionRefused e) {
            told.line(e.getMessage() + "; the application starts without AlmostTLS");
        }
        return false;
    }

    private static boolean arrived(OptionWords words, Instrumentation instrumentation, Told told, long since)
            throws Exception {
        arrive(words, instrumentation, told, since);
        return true;
    }

    /** Says which providers the application has shown, where the mode is said too. Not a lambda: this is before main. */
    private record Notice(Instrumentation instrumentation, String mode) implements Consumer<List<String>> {

        @Override
        public void accept(List<String> names) {
            Signpost.put(instrumentation, Signpost.PROVIDERS, String.join(",", TlsProviders.under(mode, names)));
        }
    }

    private static Presence arrive(OptionWords words, Instrumentation instrumentation, Told told, long since)
            throws Exception {
        Stay stay = AgentStart.start(words.options(), instrumentation, told);
        Presence presence = new Presence(words, instrumentation, stay, told, since);
        AttachBridge.answer(presence);
        told.goApart();
        String mode = Status.inWords(words.options().mode());
        stay.providers().tell(new Notice(instrumentation, mode));
        Signpost.put(instrumentation, Signpost.NAME, mode);
        return presence;
    }

    /**
     * Answers a request where no agent is in.
     *
     * @param folder of the request
     * @return whether one is in now, or may be
     */
    public static boolean answer(String folder, Instrumentation instrumentation, Long since) throws IOException {
        Exchange exchange = new Exchange(Path.of(folder));
        Answer answer;
        boolean stays = true;
        try {
            Exchange.Request request = exchange.request();
            answer = request.verb() == Exchange.Verb.ATTACH
                    ? attached(request.text(), instrumentation, since)
                    : Answer.no("there is no AlmostTLS agent in it; attach puts one in");
            stays = answer.done();
        } catch (Throwable e) {
            answer = Answer.no("it failed: " + e);
        }
        exchange.answer(answer);
        return stays;
    }

    private static Answer attached(String text, Instrumentation instrumentation, Long since) throws Exception {
        try {
            OptionWords words = OptionWords.of(text, System.getProperties(), System.getenv());
            if (words.options().help())
                return Answer.yes(AgentOptions.helpText().lines().toList());
            if (words.options().mode() == AgentOptions.Mode.OFF) return Answer.no("mode=off: nothing to do");
            if (!AgentBridge.claim()) return Answer.no("another agent of AlmostTLS has just come");
            Presence presence = arrive(words, instrumentation, new Told(System.err), since);
            return Answer.yes(List.of("attached, " + presence.inShort()));
        } catch (OptionRefused e) {
            return Answer.no(e.getMessage());
        }
    }

    private String inShort() {
        return "mode " + Status.inWords(words.options().mode()) + ", log "
                + words.options().log().name();
    }

    /** @param folder of a request to the agent that is in */
    @Override
    public synchronized boolean test(String folder) {
        Exchange exchange = new Exchange(Path.of(folder));
        try {
            exchange.answer(answer(exchange.request()));
        } catch (Throwable e) {
            AgentBridge.countFailure();
            fail(exchange, e);
        }
        return true;
    }

    private static void fail(Exchange exchange, Throwable why) {
        try {
            exchange.answer(Answer.no("it failed: " + why));
        } catch (IOException unheard) {
            AgentBridge.countFailure();
        }
    }

    private Answer answer(Exchange.Request request) throws Throwable {
        return switch (request.verb()) {
            case ATTACH ->
                Answer.no("AlmostTLS " + Version.ours() + " is in it already, " + inShort()
                        + "; nothing was changed (set changes, detach takes it out)");
            case DETACH -> detached();
            case STATUS -> Answer.yes(new Status(words, stay, startMillis).lines(instrumentation));
            case SET -> set(request.text());
        };
    }

    private Answer detached() throws Throwable {
        AttachBridge.answer(null);
        Signpost.put(instrumentation, Signpost.NAME, "");
        stay.end();
        Signpost.put(instrumentation, Signpost.PROVIDERS, "");
        told.close();
        Forgetting.last();
        return Answer.yes(List.of("detached; sessions: " + stay.reports().figures()));
    }

    private Answer set(String text) throws Exception {
        try {
            OptionWords changed = words.changed(text);
            stay.reports().change(changed.options());
            words = changed;
            boolean watches = changed.options().mode() == AgentOptions.Mode.OBSERVE;
            if (watches && changed.options().keyLog().isPresent()) stay.watchSecrets();
            return Answer.yes(List.of("set; now " + inShort() + ", format "
                    + Status.inWords(changed.options().format()) + ", detail "
                    + Status.inWords(changed.options().detail()) + ", keylog "
                    + changed.options().keyLog().map(LogTarget::name).orElse("off")));
        } catch (OptionRefused | IllegalArgumentException e) {
            return Answer.no(e.getMessage());
        }
    }
}
