package org.almosttls.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.almosttls.event.ConnectionId;
import org.almosttls.event.Moment;
import org.almosttls.event.TlsEvent.Opened;
import org.almosttls.registry.Role;
import org.almosttls.trace.SessionLine.Opening;
import org.junit.jupiter.api.Test;

class SessionReportTest {

    /** It has a verifier, and by that the socket, which nobody may ever close. */
    @Test
    void ofTheConfigurationNothingIsKeptButLists() {
        var clock = new SteppingClock();
        var config = Synthetic.config(Role.CLIENT, clock);
        var trace = new WeakReference<>(config);
        var moment = new Moment(new ConnectionId(7), clock.now(), clock.nanoTime());
        var opening = Opening.of(moment, new Opened(config, Optional.empty(), Optional.empty()));
        config = null;
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (trace.get() != null) System.gc();
        });
        assertEquals(List.of("h2", "http/1.1"), opening.allowed().get().applicationProtocols());
    }
}
