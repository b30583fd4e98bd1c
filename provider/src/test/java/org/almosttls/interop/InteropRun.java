package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.almosttls.registry.Role;

/** The connections of one combination with one other stack. */
record InteropRun(Opposite opposite, Combination combination) {

    /** More than a record. */
    private static final int MUCH = 20_000;

    void run() throws Exception {
        var lines = new LinesOfEach();
        boolean client = combination.role() == Role.CLIENT;
        var context = Ours.context(client ? combination.client() : combination.server(), () -> lines);
        if (client) call(context, lines);
        else serve(context, lines);
    }

    private void call(SSLContext context, LinesOfEach lines) throws Exception {
        var how = combination.resumption();
        try (var series = opposite.serve(combination.server(), how)) {
            for (int i = 0; i < how.connections(); i++) {
                var ours = combination.face().call(context, combination.client(), series.port());
                try (var conversation = new Conversation(ours, series.next(series.port()), new SessionLines())) {
                    conversation.handshake().exchange(MUCH, MUCH);
                }
                check(lines.last().line(), i > 0);
            }
        }
    }

    private void serve(SSLContext context, LinesOfEach lines) throws Exception {
        var how = combination.resumption();
        var server = combination.server();
        try (var listening = combination.face().open(context);
                var series = opposite.visit(combination.client(), how)) {
            for (int i = 0; i < how.connections(); i++) {
                var ours = combination.face().accept(listening, context, server, () -> {});
                var theirs = series.next(listening.getLocalPort());
                try (var conversation = new Conversation(ours, theirs, new SessionLines())) {
                    conversation.handshake();
                    if (i == 0 && series.comesBackByItself()) assertEquals(0, conversation.ours.read(1).length);
                    else conversation.exchange(MUCH, MUCH);
                }
                check(lines.last().line(), i > 0);
            }
        }
    }

    private void check(Map<String, String> line, boolean again) {
        assertEquals("true", line.get("tls.established"), line::toString);
        assertEquals(version().substring("TLSv".length()), line.get("tls.protocol.version"), line::toString);
        assertEquals(combination.suite(), line.get("tls.cipher"), line::toString);
        var resumed = again ? Optional.of(combination.resumption().word()) : Optional.<String>empty();
        assertEquals(resumed, Optional.ofNullable(line.get("almosttls.resumed_by")), line::toString);
        assertEquals("true", line.get("almosttls.extended_master_secret"));
        assertEquals(Boolean.toString(isHybrid()), line.get("almosttls.post_quantum"), line::toString);
        assertEquals(authentication(again), line.get("almosttls.client_authentication"), line::toString);
        if (again) return;
        assertEquals(combination.group(), line.getOrDefault("tls.curve", ""), line::toString);
        // RFC 4346 §7.4.3: before TLS 1.2 the scheme has no name.
        String scheme = version().equals("TLSv1.1") ? "" : combination.scheme();
        assertTrue(line.getOrDefault("almosttls.scheme", "").startsWith(scheme), line::toString);
    }

    private boolean isHybrid() {
        return Sense.isHybrid(combination.group());
    }

    private String version() {
        return combination.of(Dimension.VERSION);
    }

    /** RFC 5246 §7.3: an abbreviated handshake asks for no certificate. */
    private String authentication(boolean again) {
        if (!combination.has(Dimension.CLIENT_CERTIFICATE, Dimension.NONE)) return "authenticated";
        boolean asked = !again && !combination.has(Dimension.CLIENT_AUTHENTICATION, Dimension.NONE);
        return asked ? "not_given" : "not_requested";
    }
}
