package org.almosttls.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javax.net.ssl.SSLContext;
import org.almosttls.registry.Role;

/** The connections of one combination with one other stack. */
record InteropRun(Opposite opposite, Combination combination) {

    private static final int SOME = 1000;

    void run() throws Exception {
        boolean client = combination.role() == Role.CLIENT;
        var lines = new LinesOfEach();
        var context = Ours.context(client ? combination.client() : combination.server(), () -> lines);
        try (var series = client
                ? opposite.serve(combination.server(), combination.connections())
                : opposite.visit(combination.client())) {
            int port = Face.ANY_PORT;
            for (int i = 0; i < combination.connections(); i++) {
                try (var conversation = client ? call(context, series) : serve(context, series, port)) {
                    // Clients know their sessions by the server's port.
                    if (!client) port = conversation.ours.port();
                    conversation.handshake().exchange(SOME, SOME);
                }
                check(lines.last(), i > 0);
            }
        }
    }

    private Conversation call(SSLContext context, Series series) throws Exception {
        var ours = combination.face().call(context, combination.client(), series.port());
        return new Conversation(ours, series.next(series.port()), new SessionLines());
    }

    private Conversation serve(SSLContext context, Series series, int port) throws Exception {
        var ours = combination.face().listen(context, combination.server(), port);
        return new Conversation(ours, series.next(ours.port()), new SessionLines());
    }

    private void check(SessionLines lines, boolean again) throws Exception {
        var line = lines.line();
        assertEquals(combination.suite(), line.get("tls.cipher"), line::toString);
        assertEquals(again, Boolean.parseBoolean(line.getOrDefault("tls.resumed", "false")), line::toString);
        if (again) return;
        assertEquals(combination.group(), line.getOrDefault("tls.curve", ""), line::toString);
        boolean proved = "authenticated".equals(line.get("almosttls.client_authentication"));
        assertEquals(!combination.has(Dimension.CLIENT_AUTHENTICATION, Dimension.NONE), proved, line::toString);
    }
}
