package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.almosttls.alert.Violation;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Endpoint;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent;
import org.almosttls.event.TlsEvent.Allowed;
import org.almosttls.event.TlsEvent.Failed;
import org.almosttls.event.TlsEvent.Hidden;
import org.almosttls.event.TlsEvent.Located;
import org.almosttls.event.TlsEvent.Watched;
import org.almosttls.registry.Role;
import org.junit.jupiter.api.Test;

/** Lines of sessions of other stacks, which are only watched. */
class WatchedLinesTest {

    private final SteppingClock clock = new SteppingClock();
    private final ConnectionId connection = new ConnectionId(7);
    private final Lines lines = Lines.json();
    private final SessionLog log = lines.log();

    private void tell(TlsEvent event) {
        log.on(new Moment(connection, clock.now(), clock.nanoTime()), event);
        clock.step();
    }

    private void begin() {
        var allowed = new Allowed(List.of("TLSv1.2"), List.of("TLS_AES_128_GCM_SHA256"), List.of("h2"));
        var peer = Optional.of(new Endpoint("127.0.0.1", 4433));
        tell(new Watched("SunJSSE", Role.SERVER, Optional.empty(), peer, allowed, clock));
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
}
