package org.almosttls.agent.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.event.TlsEvent.HandshakeCompleted;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.event.TlsEventListener;

/** What the stack of one end notices, over all of its connections. */
final class Diary implements TlsEventListener {

    private final boolean confided;
    private final List<String> violations = new ArrayList<>();
    private final List<String> endings = new ArrayList<>();
    private final List<String> suites = new ArrayList<>();
    private final Map<String, byte[]> secrets = new LinkedHashMap<>();

    /** @param confided whether it is told secrets, until it is burnt */
    Diary(boolean confided) {
        this.confided = confided;
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.HANDSHAKE || confided && kind == Kind.SECRET;
    }

    @Override
    public synchronized void on(Moment moment, TlsEvent event) {
        if (event instanceof Failed failed)
            violations.add(failed.cause().violation().name());
        if (event instanceof Closed closed) endings.add(closed.ending().name());
        if (event instanceof HandshakeCompleted completed)
            suites.add(completed.session().cipherSuite().name());
        if (event instanceof SecretDerived derived)
            secrets.putIfAbsent(derived.label(), derived.secret().bytes().clone());
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized List<String> endings() {
        return List.copyOf(endings);
    }

    /** One for each handshake that came to its end. */
    synchronized List<String> suites() {
        return List.copyOf(suites);
    }

    /** Violations, and the one ending that is a notice in itself (RFC 5246 §7.2.1). */
    synchronized List<String> notices() {
        var all = new ArrayList<>(violations);
        endings.stream().filter(Ending.TRUNCATED.name()::equals).forEach(all::add);
        return List.copyOf(all);
    }

    /** Those of its first connection, by their labels. */
    synchronized Map<String, byte[]> secrets() {
        return new LinkedHashMap<>(secrets);
    }

    /** Erases the secrets in it. */
    synchronized void burn() {
        secrets.values().forEach(each -> Arrays.fill(each, (byte) 0));
        secrets.clear();
    }
}
