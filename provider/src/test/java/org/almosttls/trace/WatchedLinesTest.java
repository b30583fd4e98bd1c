package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.almosttls.alert.AlertDescription;
import org.almosttls.alert.AlertLevel;
import org.almosttls.alert.Violation;
import org.almosttls.event.Account;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Direction;
import org.almosttls.event.Endpoint;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.AlertTransferred;
import org.almosttls.event.TlsEvent.Allowed;
import org.almosttls.event.TlsEvent.ChangeCipherSpecTransferred;
import org.almosttls.event.TlsEvent.Closed;
import org.almosttls.event.TlsEvent.Ending;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.event.TlsEvent.Hidden;
import org.almosttls.event.TlsEvent.Located;
import org.almosttls.event.TlsEvent.Traffic;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.registry.Role;
import org.junit.jupiter.api.Test;

/** Lines of sessions of other stacks, which are only watched. */
class WatchedLinesTest {

    private final SteppingClock clock = new SteppingClock();
    private final ConnectionId connection = new ConnectionId(7);
    private final Lines lines = Lines.json();
    private final SessionLog log = lines.log();

    private final List<Happened> kept = new ArrayList<>();
    private final Account account = new Account() {
        @Override
        public void tell(BiConsumer<Moment, TlsEvent> to) {
            kept.forEach(each -> to.accept(each.moment(), each.event()));
            kept.clear();
        }

        @Override
        public int octets() {
            return 0;
        }
    };

    private record Happened(Moment moment, TlsEvent event) {}

    private void keep(TlsEvent event) {
        kept.add(new Happened(new Moment(connection, clock.now(), clock.nanoTime()), event));
        clock.step();
    }

    private void tell(TlsEvent event) {
        log.on(new Moment(connection, clock.now(), clock.nanoTime()), event);
        clock.step();
    }

    private void begin() {
        var allowed = new Allowed(List.of("TLSv1.2"), List.of("TLS_AES_128_GCM_SHA256"), List.of("h2"));
        var peer = Optional.of(new Endpoint("127.0.0.1", 4433));
        tell(new Watched("SunJSSE", Role.SERVER, Optional.empty(), peer, Optional.of(allowed), account, clock));
    }

    private String line() throws Exception {
        log.tellOpen(HowEnded.OPEN_AT_EXIT);
        assertEquals(1, lines.all().size());
        var line = lines.all().get(0);
        assertEquals(Set.of(), PublishedSchema.violationsIn(line), line);
        return line;
    }

    @Test
    void anAddressThatIsFoundLaterIsNotMissing() throws Exception {
        begin();
        tell(new Hidden(List.of("network.peer.address", "network.peer.port", "almosttls.scheme")));
        tell(new Located(Optional.of(new Endpoint("127.0.0.1", 443)), Optional.of(new Endpoint("127.0.0.2", 50_000))));
        var line = line();
        assertTrue(line.contains("\"missing\":[\"almosttls.scheme\"]"), line);
        assertTrue(line.contains("\"peer\":{\"address\":\"127.0.0.2\",\"port\":50000}"), line);
        assertTrue(line.contains("\"local\":{\"address\":\"127.0.0.1\",\"port\":443}"), line);
    }

    @Test
    void theProviderIsNamedAndWhatIsMissingIsListedOnceAndLeftOut() throws Exception {
        begin();
        tell(new Hidden(List.of("almosttls.scheme", "almosttls.client_authentication")));
        tell(new Hidden(List.of("almosttls.scheme")));
        var line = line();
        assertTrue(line.contains("\"provider\":\"SunJSSE\""), line);
        assertTrue(line.contains("\"missing\":[\"almosttls.client_authentication\",\"almosttls.scheme\"]"), line);
        assertFalse(line.contains("\"client_authentication\":"), line);
    }

    @Test
    void whatFailedAndWasForgottenHasFailed() throws Exception {
        begin();
        tell(new Failed(Violation.NO_COMMON_SUITE.exception()));
        var line = line();
        assertTrue(line.contains("\"ended\":\"failed\""), line);
        assertTrue(line.contains("\"server\":{\"versions\":[\"TLSv1.2\"]"), line);
    }

    @Test
    void whatWasKeptBackIsAskedForWhenTheLineIsMade() throws Exception {
        begin();
        keep(new Hidden(List.of("network.peer.address", "network.peer.port", "almosttls.scheme")));
        keep(new Located(Optional.empty(), Optional.of(new Endpoint("127.0.0.2", 50_000))));
        var line = line();
        assertTrue(line.contains("\"missing\":[\"almosttls.scheme\"]"), line);
        assertTrue(line.contains("\"peer\":{\"address\":\"127.0.0.2\",\"port\":50000}"), line);
        assertEquals(List.of(), kept);
    }

    @Test
    void theFirstThingThatWentWrongIsTheOneThatWasKeptBack() throws Exception {
        begin();
        keep(new Failed(Violation.NO_COMMON_SUITE.exception()));
        tell(new Failed(Violation.INTERNAL.exception()));
        var line = line();
        assertTrue(line.contains("\"code\":\"NO_COMMON_SUITE\""), line);
    }

    /** It happened when nobody asked for lines of its own. */
    @Test
    void ofWhatWasKeptBackThereIsNoLineButTheSessions() throws Exception {
        begin();
        keep(new ChangeCipherSpecTransferred(Direction.SENT));
        assertFalse(log.wantsAtOnce());
        log.tell(Detail.HANDSHAKE);
        assertTrue(log.wantsAtOnce());
        tell(new ChangeCipherSpecTransferred(Direction.RECEIVED));
        log.tellOpen(HowEnded.OPEN_AT_EXIT);
        assertEquals(2, lines.all().size());
        assertTrue(
                lines.all().get(0).contains("\"direction\":\"received\""),
                lines.all().get(0));
    }

    @Test
    void anEndThatIsToldBeforeWhatWasKeptBackComesBehindIt() throws Exception {
        begin();
        keep(new AlertTransferred(Direction.RECEIVED, AlertLevel.FATAL, AlertDescription.HANDSHAKE_FAILURE));
        tell(new Closed(Ending.ALERT_RECEIVED, new Traffic(0, 0, 0, 0)));
        var line = line();
        assertTrue(line.contains("\"code\":\"RECEIVED_HANDSHAKE_FAILURE\""), line);
    }

    @Test
    void whatNobodyWasAskedIsNotMadeUp() throws Exception {
        tell(new Watched("SunJSSE", Role.CLIENT, Optional.empty(), Optional.empty(), Optional.empty(), account, clock));
        tell(new Failed(Violation.NOT_TLS.exception()));
        var line = line();
        assertTrue(line.contains("\"code\":\"NOT_TLS\""), line);
        assertFalse(line.contains("\"cipher_suites\""), line);
    }
}
