package org.almosttls.interop;

import java.util.Optional;
import org.almosttls.alert.AlertDescription;
import org.almosttls.testkit.PeerProcess;

/** One end that is a program: its input is sent, and what it receives is in its output. */
class CommandLinePeer implements Correspondent {

    /**
     * How a program says what happens to it, as regular expressions whose last group is the answer.
     *
     * @param alert the number of the fatal alert that it received
     * @param alpn the application protocol that was agreed on
     * @param noAlpn that there is none
     * @param closed that our close_notify has come
     */
    record Words(String alert, String alpn, String noAlpn, String closed) {}

    final PeerProcess process;
    private final Words words;
    private final Optional<Integer> port;

    CommandLinePeer(PeerProcess process, Words words, Optional<Integer> port) {
        this.process = process;
        this.words = words;
        this.port = port;
    }

    @Override
    public int port() {
        return port.orElseThrow();
    }

    @Override
    public void send(String message) {
        process.say(message);
    }

    @Override
    public String received() {
        return process.output().take(Message.PATTERN);
    }

    @Override
    public String alert() {
        return new AlertDescription(Integer.parseInt(process.output().await(words.alert()))).name();
    }

    @Override
    public Optional<String> alpn() {
        String said = process.output().await("(?m)" + words.alpn() + "|" + words.noAlpn());
        return Optional.ofNullable(said);
    }

    @Override
    public void finish() {
        process.sayNoMore();
    }

    @Override
    public void awaitCloseNotify() {
        process.output().await(words.closed());
    }

    @Override
    public void die() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }

    /** The same, for one connection of several: closing that does not end the program. */
    final CommandLinePeer kept() {
        boolean echoing = echoes();
        return new CommandLinePeer(process, words, port) {
            @Override
            public boolean echoes() {
                return echoing;
            }

            @Override
            public void close() {
                // Whoever started the program ends it.
            }
        };
    }

    @Override
    public String toString() {
        return process.toString();
    }
}
