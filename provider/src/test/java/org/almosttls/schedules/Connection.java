package org.almosttls.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javax.net.ssl.SSLException;

/** Two ends, and how they get to the end of what they have begun if nobody disturbs them. */
final class Connection {

    private final Plan plan;
    private final Party client;
    private final Party server;
    private boolean mayFail;

    Connection(Plan plan, Engines engines, Trail trail) {
        this.plan = plan;
        this.mayFail = plan.setting().isRefused() || plan.mayFail();
        var toServer = new Wire();
        var toClient = new Wire();
        plan.disturb(toServer, toClient);
        var up = new Speech(plan.seed(), plan.fromClient());
        var down = new Speech(~plan.seed(), plan.fromServer());
        var setting = plan.setting();
        client = new Party(
                new LawfulEngine("client", engines.client(), new Laws(setting.client(), true), trail),
                toClient,
                toServer,
                up,
                down);
        server = new Party(
                new LawfulEngine("server", engines.server(), new Laws(setting.server(), true), trail),
                toServer,
                toClient,
                down,
                up);
    }

    /** The one before, with which nothing happens. */
    static void beforehand(Plan plan, Engines engines) {
        new Connection(plan.beforehand(), engines, new Trail()).finish(new Draw(plan.seed(), -2));
    }

    Party party(boolean ofClient) {
        return ofClient ? client : server;
    }

    private List<Party> both() {
        return List.of(client, server);
    }

    /** From now on it is no wonder if a call fails. */
    void mayFail() {
        mayFail = true;
    }

    boolean isWithoutTrouble() {
        return !mayFail;
    }

    /** What a party does. */
    interface Deed {
        boolean by(Party party) throws SSLException;
    }

    /** Whether anything came of it. */
    boolean let(Party party, Deed deed) {
        try {
            return deed.by(party);
        } catch (SSLException failed) {
            if (!mayFail) throw new AssertionError("nothing was wrong", failed);
            party.giveUp();
            return true;
        }
    }

    /** Both get on until there is nothing more to do. */
    private void settle(Draw draw) {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (var each : both()) moved |= let(each, party -> party.proceed(draw));
        }
    }

    /** The rest of the handshake and of the data, and the end. */
    void finish(Draw draw) {
        settle(draw);
        if (!mayFail) for (var each : both()) assertTrue(isThrough(each), () -> "hangs: " + state());
        var first = party(plan.clientFirst());
        var second = party(!plan.clientFirst());
        if (!first.isClosing()) first.closeOutbound();
        settle(draw);
        if (!second.isClosing()) second.closeOutbound();
        settle(draw);
        if (!mayFail) for (var each : both()) assertTrue(each.engine().isDone(), () -> "not closed: " + state());
        for (var each : both()) {
            each.engine().bare().closeOutbound();
            each.closeInbound();
        }
        settle(draw);
        for (var each : both()) assertTrue(each.engine().isDone(), () -> "does not end: " + state());
        if (!mayFail) for (var each : both()) assertEquals(0, each.says().unheard(), "octets that were lost");
    }

    private static boolean isThrough(Party party) {
        return party.isContent()
                && party.engine().isEstablished()
                && party.says().unheard() == 0;
    }

    String state() {
        return "client " + of(client) + "; server " + of(server);
    }

    private static String of(Party party) {
        var bare = party.engine().bare();
        return party.engine().status() + (bare.isInboundDone() ? " inbound done" : "")
                + (bare.isOutboundDone() ? " outbound done" : "") + ", finished "
                + party.engine().timesFinished() + ", to say " + party.says().left() + ", unheard "
                + party.says().unheard() + ", arrived " + party.in().arrived();
    }
}
