package org.almosttls.handshake.tls13;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.almosttls.config.EarlyTerms;
import org.almosttls.config.Ticket;
import org.almosttls.crypto.choice.PerOperationBackend;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.event.TlsEvent.SecretDerived;
import org.almosttls.extension.EarlyData;
import org.almosttls.extension.MaxEarlyData;
import org.almosttls.message.ClientHello;
import org.almosttls.message.EndOfEarlyData;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.registry.CipherSuite;
import org.almosttls.registry.ContentType;
import org.almosttls.registry.NamedGroup;
import org.almosttls.testkit.ConnectionPair;
import org.almosttls.testkit.End;
import org.almosttls.testkit.RandomSplitter;
import org.almosttls.testkit.RawTls13;
import org.almosttls.ticket.SingleUse;
import org.junit.jupiter.api.Test;

/** RFC 8446 §2.3, §4.2.10, §8: data that a client sends with its hello, and a server that takes it. */
class TakenEarlyDataTest extends EarlyMeeting {

    /** What comes back where the server does not take it: nothing is sent again by itself. */
    private static void assertRefused(ConnectionPair pair) throws Exception {
        pair.handshake();
        assertFalse(isTaken(pair));
        assertEquals(0, taken(pair).length);
        assertEquals(0, pair.server().data().length);
        assertArrayEquals(LATER, delivered(pair.client(), pair.server()));
        assertArrayEquals(LATER, delivered(pair.server(), pair.client()));
    }

    @Test
    void dataIsThereBeforeTheServerHasAnswered() throws Exception {
        var pair = again();
        pair.server().deliver(pair.client().flush());
        pair.server().receive();
        assertArrayEquals(EARLY, taken(pair));
        assertTrue(pair.server().connection().session().isEmpty());
        pair.handshake();
        assertTrue(isTaken(pair));
    }

    @Test
    void theConnectionGoesOn() throws Exception {
        var pair = again();
        pair.handshake();
        assertArrayEquals(EARLY, taken(pair));
        assertEquals(0, taken(pair).length);
        // It is never among what comes afterwards.
        assertEquals(0, pair.server().data().length);
        assertArrayEquals(LATER, delivered(pair.client(), pair.server()));
        assertArrayEquals(LATER, delivered(pair.server(), pair.client()));
    }

    @Test
    void eachMeetingGivesATicketForTheNext() throws Exception {
        meeting().handshake();
        for (int i = 0; i < 3; i++) {
            var next = meeting();
            next.handshake();
            assertTrue(isTaken(next));
            assertArrayEquals(EARLY, taken(next));
        }
    }

    @Test
    void itMayComeInPieces() throws Exception {
        var pair = again();
        RandomSplitter.oneByteAtATime().handshake(pair);
        assertArrayEquals(EARLY, taken(pair));
        assertTrue(isTaken(pair));
    }

    @Test
    void itMayBeMoreThanARecord() throws Exception {
        byte[] much = new byte[40_000];
        Arrays.fill(much, (byte) 'x');
        var taking = EarlyTerms.taking(much.length, register);
        meeting(client -> client, server -> server.with("early", taking)).handshake();
        var pair = meeting(
                client -> client.with("early", EarlyTerms.sending(much)), server -> server.with("early", taking));
        pair.handshake();
        assertArrayEquals(much, taken(pair));
    }

    /** RFC 8446 §D.4: ChangeCipherSpec comes right behind the hello, and not again. */
    @Test
    void aChangeCipherSpecGoesBeforeIt() throws Exception {
        var pair = again();
        byte[] flight = pair.client().flush();
        int second = 5 + ((flight[3] & 0xFF) << 8 | flight[4] & 0xFF);
        assertArrayEquals(new byte[] {20, 3, 3, 0, 1, 1, 23, 3, 3}, Arrays.copyOfRange(flight, second, second + 9));
        pair.server().deliver(flight);
        pair.server().receive();
        pair.client().deliver(pair.server().flush());
        pair.client().receive();
        assertEquals(23, pair.client().flush()[0]);
    }

    /** RFC 8446 §4.5. */
    @Test
    void theClientSaysThatItWasAll() throws Exception {
        var pair = again();
        pair.handshake();
        var sent = pair.client()
                .events()
                .all(MessageTransferred.class)
                .filter(message -> message.direction() == Direction.SENT)
                .map(message -> message.message().type().name())
                .toList();
        assertEquals(List.of("CLIENT_HELLO", "END_OF_EARLY_DATA", "FINISHED"), sent);
    }

    /** RFC 9850 §2.1. */
    @Test
    void theSecretIsToldAtBothEnds() throws Exception {
        var pair = again();
        pair.handshake();
        for (var end : List.of(pair.client(), pair.server()))
            assertEquals(
                    1,
                    end.events()
                            .all(SecretDerived.class)
                            .filter(told -> told.label().equals("CLIENT_EARLY_TRAFFIC_SECRET"))
                            .count());
    }

    @Test
    void whoDoesNotAskForItHasNoneOfIt() throws Exception {
        var pair = meeting(
                client -> client.with("early", EarlyTerms.NONE), server -> server.with("early", EarlyTerms.NONE));
        pair.handshake();
        var ticket = said(pair.client(), NewSessionTicket13.class).orElseThrow();
        assertEquals(List.of(), ticket.extensions().all());
        var next = meeting(client -> client, server -> server);
        next.handshake();
        assertFalse(said(next.client(), ClientHello.class)
                .orElseThrow()
                .extensions()
                .find(EarlyData.class)
                .isPresent());
        assertFalse(isTaken(next));
    }

    @Test
    void aTicketSaysHowMuchMayCome() throws Exception {
        var pair = meeting();
        pair.handshake();
        var said = said(pair.client(), NewSessionTicket13.class)
                .flatMap(ticket -> ticket.extensions().find(MaxEarlyData.class));
        assertEquals(MOST, said.orElseThrow().octets());
        assertEquals(
                MOST, ofClient.kept().get(0).ticket().map(Ticket::earlyOctets).orElseThrow());
    }

    @Test
    void moreThanTheTicketPermitsIsNotSent() throws Exception {
        var pair = again(client -> client.with("early", EarlyTerms.sending(new byte[MOST + 1])), server -> server);
        assertRefused(pair);
        assertTrue(said(pair.client(), ClientHello.class)
                .orElseThrow()
                .extensions()
                .find(EarlyData.class)
                .isEmpty());
    }

    @Test
    void aServerThatTakesNoneAnyMorePassesItOver() throws Exception {
        assertRefused(again(client -> client, server -> server.with("early", EarlyTerms.NONE)));
    }

    @Test
    void aServerThatDoesNotKnowTheTicketPassesItOver() throws Exception {
        meeting().handshake();
        ofServer.loseTickets();
        assertRefused(meeting());
    }

    /** RFC 8446 §4.1.4. */
    @Test
    void thereIsNoneAfterHelloRetryRequest() throws Exception {
        var pair = again(client -> client, server -> server.groups(NamedGroup.SECP384R1));
        assertRefused(pair);
        assertTrue(pair.client()
                .events()
                .all(MessageTransferred.class)
                .map(MessageTransferred::message)
                .filter(ClientHello.class::isInstance)
                .skip(1)
                .noneMatch(hello ->
                        ((ClientHello) hello).extensions().find(EarlyData.class).isPresent()));
    }

    /** RFC 8446 §4.2.10: though the session goes on. */
    @Test
    void itIsForTheSuiteOfTheSession() throws Exception {
        assertRefused(again(client -> client, server -> server.suites(CipherSuite.TLS_CHACHA20_POLY1305_SHA256)));
    }

    @Test
    void itIsForTheProtocolOfTheSession() throws Exception {
        meeting(client -> client.applicationProtocols("one", "two"), server -> server.applicationProtocols("one"))
                .handshake();
        var other = meeting(
                client -> client.applicationProtocols("one", "two"), server -> server.applicationProtocols("two"));
        assertRefused(other);
        assertTrue(said(other.client(), ClientHello.class)
                .orElseThrow()
                .extensions()
                .find(EarlyData.class)
                .isPresent());
        var same = meeting(client -> client.applicationProtocols("two"), server -> server.applicationProtocols("two"));
        same.handshake();
        assertTrue(isTaken(same));
    }

    @Test
    void itIsNotSentWhereTheProtocolCannotBeTheSame() throws Exception {
        var pair = again(client -> client.applicationProtocols("one"), server -> server);
        assertRefused(pair);
        assertTrue(said(pair.client(), ClientHello.class)
                .orElseThrow()
                .extensions()
                .find(EarlyData.class)
                .isEmpty());
    }

    /** RFC 8446 §8: who has listened says all of it again. */
    @Test
    void whatIsSaidAgainIsNotTakenAgain() throws Exception {
        var pair = again();
        byte[] flight = pair.client().flush();
        for (boolean first : new boolean[] {true, false}) {
            var end = new End(server().build());
            end.deliver(flight);
            end.receive();
            end.flush();
            assertArrayEquals(first ? EARLY : new byte[0], end.connection().takeEarlyData());
        }
    }

    /** RFC 8446 §8.1: whoever has restarted, or is another, cannot know whether it was said before. */
    @Test
    void aServerKnowsTheTicketsThatItGaveItself() throws Exception {
        meeting().handshake();
        register = new SingleUse(PerOperationBackend::platform);
        assertRefused(meeting());
    }

    /** RFC 8446 §8.3. */
    @Test
    void aHelloThatWasHeldBackIsNotTakenForOneOfNow() throws Exception {
        for (int seconds : new int[] {9, 11}) {
            meeting().handshake();
            var pair = meeting();
            byte[] flight = pair.client().flush();
            clock.pass(Duration.ofSeconds(seconds));
            pair.server().deliver(flight);
            pair.server().receive();
            pair.handshake();
            assertEquals(seconds == 9, isTaken(pair));
        }
    }

    @Test
    void aTicketMayBeOld() throws Exception {
        meeting().handshake();
        clock.pass(Duration.ofMinutes(50));
        var pair = meeting();
        pair.handshake();
        assertTrue(isTaken(pair));
    }

    @Test
    void paddingDoesNotCount() throws Exception {
        var pair = again();
        pair.server().deliver(pair.client().flush());
        var raw = RawTls13.under("CLIENT_EARLY_TRAFFIC_SECRET", pair.client(), SUITE);
        raw.seal(ContentType.APPLICATION_DATA, EARLY);
        pair.server().receive();
        byte[] inner = new byte[5_000];
        inner[MOST - EARLY.length] = (byte) ContentType.APPLICATION_DATA.code();
        pair.server().deliver(raw.sealInner(inner));
        pair.server().receive();
        assertEquals(MOST, taken(pair).length);
    }

    @Test
    void theClientIsNotToldOfWhatItDidNotWish() throws Exception {
        meeting().handshake();
        var pair = meeting(client -> client.with("early", EarlyTerms.NONE), server -> server);
        pair.handshake();
        assertFalse(isTaken(pair));
        assertEquals(Optional.empty(), said(pair.client(), EndOfEarlyData.class));
    }
}
