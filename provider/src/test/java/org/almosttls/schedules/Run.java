package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.almosttls.schedules.Plan.Trouble;

/** A schedule, carried out call by call in one thread. */
final class Run {

    private final Plan plan;
    private final Trail trail;
    private final Engines engines;
    private final Connection connection;
    private int renewals;

    Run(Plan plan, Trail trail) {
        this.plan = plan;
        this.trail = trail;
        engines = new Engines(plan.setting(), plan.seed());
        if (plan.setting().earlier() && !plan.setting().isRefused()) Connection.beforehand(plan, engines);
        connection = new Connection(plan, engines, trail);
        renewals = plan.renewals();
    }

    void go() {
        for (int i = 0; i < plan.steps(); i++) step(i);
        trail.note("now in order: " + connection.state());
        connection.finish(new Draw(plan.seed(), -3));
        assertEquals("", engines.watched().inline(), "not left to a task");
        if (plan.setting().isRefused())
            assertEquals(0, connection.party(false).engine().timesFinished(), "the server has agreed");
        if (connection.isWithoutTrouble()) assertAgreed();
    }

    private void step(int number) {
        var draw = new Draw(plan.seed(), number);
        if (number == plan.at()) disturb();
        var party = connection.party(draw.oneIn(2));
        connection.let(party, each -> act(each, draw));
    }

    private boolean act(Party party, Draw draw) throws SSLException {
        int kind = draw.below(100);
        if (kind < 25) party.deliver(draw);
        else if (kind < 50) return party.unwrap(draw);
        else if (kind < 75) return party.wrap(draw);
        else if (kind < 90) return party.task(draw);
        else if (kind < 94) party.look();
        else if (kind < 96) assertTrue(party.refusesReadOnly(draw), "a buffer that is only read");
        else renew(party);
        return true;
    }

    private void renew(Party party) throws SSLException {
        boolean ours = plan.setting().stack(party == connection.party(true)) == Stack.OURS;
        boolean wanted = plan.setting().isTls13() || plan.setting().renegotiates() || ours;
        if (renewals == 0 || !wanted || !party.engine().isEstablished() || party.isClosing()) return;
        if (party.engine().bare().isInboundDone()) return;
        // The platform's breaks off a renegotiation that it is told to begin again amid.
        if (!ours && !plan.setting().isTls13() && party.engine().status() != HandshakeStatus.NOT_HANDSHAKING) return;
        renewals--;
        // An end that closes amid another handshake may be an error to the platform's.
        if (!plan.setting().isTls13() && plan.trouble() == Trouble.EARLY_CLOSE) connection.mayFail();
        party.engine().beginHandshake();
    }

    private void disturb() {
        var party = connection.party(plan.byClient());
        boolean settled = connection.party(true).engine().isEstablished()
                && connection.party(false).engine().isEstablished();
        if (plan.trouble() == Trouble.EARLY_CLOSE) {
            if (!settled) connection.mayFail();
            party.closeOutbound();
        } else if (plan.trouble() == Trouble.EARLY_END) {
            party.closeInbound();
            party.giveUp();
        }
    }

    private void assertAgreed() {
        var client = connection.party(true).engine();
        var server = connection.party(false).engine();
        var ofClient = client.bare().getSession();
        var ofServer = server.bare().getSession();
        for (var each : new SSLSession[] {ofClient, ofServer}) {
            assertEquals(plan.setting().version(), each.getProtocol());
            assertEquals(plan.setting().suite(), each.getCipherSuite());
        }
        assertEquals(engines.protocol(), client.bare().getApplicationProtocol());
        assertEquals(engines.protocol(), server.bare().getApplicationProtocol());
        assertTrue(hasPeer(ofClient), "the server's certificate");
        assertEquals(plan.setting().identifies(), hasPeer(ofServer), "a client's certificate");
        assertFinished(plan.setting().client(), client);
        assertFinished(plan.setting().server(), server);
    }

    private static boolean hasPeer(SSLSession session) {
        try {
            return session.getPeerCertificates().length > 0;
        } catch (SSLPeerUnverifiedException nobody) {
            return false;
        }
    }

    /** Once for each handshake. */
    private void assertFinished(Stack stack, LawfulEngine engine) {
        boolean again = plan.setting().renegotiates() || plan.setting().identifiesLate();
        int most = again ? 1 + plan.renewals() - renewals : 1;
        if (stack == Stack.OURS || !plan.setting().isTls13())
            assertTrue(
                    engine.timesFinished() >= 1 && engine.timesFinished() <= most,
                    "said FINISHED " + engine.timesFinished());
    }
}
