package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almosttls.crypto.Secret;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Direction;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEventListener;
import org.almosttls.registry.ContentType;
import org.junit.jupiter.api.Test;

class FanOutTest {

    private static final TlsEvent HANDSHAKE = new TlsEvent.KeysChanged(Direction.SENT);
    private static final TlsEvent RECORD = new TlsEvent.RecordTransferred(
            Direction.SENT,
            new TlsEvent.Header(ContentType.APPLICATION_DATA, 0x0303, 5, true),
            Optional.of(ContentType.APPLICATION_DATA),
            Optional.empty());
    private static final TlsEvent SECRET =
            new TlsEvent.SecretDerived("CLIENT_RANDOM", new byte[32], Secret.owning(new byte[48]));

    /** Wants these kinds only. */
    private record Choosy(Set<Kind> kinds, List<TlsEvent> heard) implements TlsEventListener {
        @Override
        public boolean wants(Kind kind) {
            return kinds.contains(kind);
        }

        @Override
        public void on(Moment moment, TlsEvent event) {
            heard.add(event);
        }
    }

    private static Choosy wanting(TlsEventListener.Kind... kinds) {
        return new Choosy(Set.of(kinds), new ArrayList<>());
    }

    private static void tellAll(TlsEventListener listener) {
        var moment = new Moment(new ConnectionId(1), Synthetic.START, 0);
        for (TlsEvent event : List.of(HANDSHAKE, RECORD, SECRET)) listener.on(moment, event);
    }

    @Test
    void eachHearsOnlyWhatItWants() {
        var handshakes = wanting(TlsEventListener.Kind.HANDSHAKE);
        var records = wanting(TlsEventListener.Kind.RECORD);
        var secrets = wanting(TlsEventListener.Kind.SECRET);
        tellAll(FanOut.of(List.of(handshakes, records, secrets)));
        assertEquals(List.of(HANDSHAKE), handshakes.heard());
        assertEquals(List.of(RECORD), records.heard());
        assertEquals(List.of(SECRET), secrets.heard());
    }

    @Test
    void whatNobodyWantsIsNotWanted() {
        var fan = FanOut.of(List.of(wanting(TlsEventListener.Kind.HANDSHAKE), wanting()));
        assertTrue(fan.wants(TlsEventListener.Kind.HANDSHAKE));
        assertFalse(fan.wants(TlsEventListener.Kind.SECRET));
    }

    @Test
    void aListenerThatThrowsHearsNothingMoreAndTheOthersDo() {
        var calls = new ArrayList<TlsEvent>();
        var broken = new TlsEventListener() {
            @Override
            public boolean wants(Kind kind) {
                return true;
            }

            @Override
            public void on(Moment moment, TlsEvent event) {
                calls.add(event);
                throw new IllegalStateException("defect");
            }
        };
        var sound = wanting(TlsEventListener.Kind.values());
        tellAll(FanOut.of(List.of(broken, sound)));
        assertEquals(List.of(HANDSHAKE), calls);
        assertEquals(List.of(HANDSHAKE, RECORD, SECRET), sound.heard());
    }
}
