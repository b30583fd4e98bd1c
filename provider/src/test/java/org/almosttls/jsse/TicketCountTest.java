package org.almosttls.jsse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.almosttls.AlmostTlsProvider;
import org.almosttls.event.Direction;
import org.almosttls.event.TlsEvent.MessageTransferred;
import org.almosttls.message.NewSessionTicket13;
import org.almosttls.testkit.Contexts;
import org.almosttls.testkit.EnginePair;
import org.almosttls.testkit.RecordingListener;
import org.almosttls.testkit.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform's property for how many tickets a connection of TLS 1.3 is given. */
class TicketCountTest {

    private static final String PROPERTY = "jdk.tls.server.newSessionTicketCount";

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "3, 3", "10, 10", "11, 1", "-1, 1", "many, 1"})
    void thereAreAsManyAsThePropertySays(String set, long given) throws Exception {
        System.setProperty(PROPERTY, set);
        var events = new RecordingListener();
        var server = Contexts.named("TLS", new AlmostTlsProvider(() -> events), TestCertificates.ecServer());
        new EnginePair(Contexts.named("TLS", Contexts.OURS), server).handshake();
        assertEquals(
                given,
                events.all(MessageTransferred.class)
                        .filter(message -> message.direction() == Direction.SENT)
                        .filter(message -> message.message() instanceof NewSessionTicket13)
                        .count());
    }
}
